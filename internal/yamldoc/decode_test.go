package yamldoc

import (
	"reflect"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/source"
)

type device struct {
	Name    string
	Present *bool `yaml:"present"`
}

type settings struct {
	Version   string            `yaml:"version"`
	Elevated  bool              `yaml:"elevated"`
	Rearms    int               `yaml:"rearms"`
	Size      uint8             `yaml:"size,omitempty"`
	Devices   []device          `yaml:"devices"`
	Services  map[string]string `yaml:"services"`
	Raw       *Node             `yaml:"raw"`
	Ignored   string            `yaml:"-"`
	unseen    string
	Untouched string `yaml:"untouched"`
}

func TestDecodeFillsEveryType(t *testing.T) {
	got := settings{Untouched: "kept", unseen: "kept"}
	diags := Decode(source.NewFile("m.yaml", []byte(`
version: reseal-machine/v1
elevated: true
rearms: -3
size: 255
devices: &d
  - {name: NIC, present: false}
  - name: "0123"
services: {AppXSvc: no, x: '1'}
raw: [a]
`)), &got)
	for _, d := range diags.All {
		t.Error(say(d))
	}
	if got.Raw == nil || got.Raw.Items[0].Text != "a" {
		t.Error("a node field takes the node")
	}
	got.Raw = nil
	no := false
	want := settings{Version: "reseal-machine/v1", Elevated: true, Rearms: -3, Size: 255, Untouched: "kept", unseen: "kept",
		Devices: []device{{"NIC", &no}, {"0123", nil}}, Services: map[string]string{"AppXSvc": "no", "x": "1"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
}

func TestDecodeReportsEveryProblem(t *testing.T) {
	var got settings
	diags := Decode(source.NewFile("m.yaml", []byte(`elvated: true
elevated: yes
rearms: 1e3
size: 256
devices: {name: x}
services: [a]
version:
-: x
Ignored: x
devices2:
  - x
`)), &got)
	want := []string{
		`1:1 yaml-shape: the file has no key "elvated"; did you mean "elevated"? ⟦elvated⟧`,
		`2:11 yaml-shape: elevated takes true or false ⟦yes⟧`,
		`3:9 yaml-shape: rearms takes a whole number ⟦1e3⟧`,
		`4:7 yaml-shape: size takes a whole number from 0 ⟦256⟧`,
		`5:10 yaml-shape: devices takes a list, not a mapping ⟦{name: x}⟧`,
		`6:11 yaml-shape: services takes a mapping, not a list ⟦[a]⟧`,
		`7:9 yaml-shape: version takes a text, not nothing ⟦⟧`,
		`8:1 yaml-shape: the file has no key "-" ⟦-⟧`,
		`9:1 yaml-shape: the file has no key "Ignored" ⟦Ignored⟧`,
		`10:1 yaml-shape: the file has no key "devices2"; did you mean "devices"? ⟦devices2⟧`,
	}
	for i, d := range diags.All {
		if i >= len(want) || say(d) != want[i] {
			t.Errorf("got %s", say(d))
		}
	}
	if len(diags.All) != len(want) {
		t.Errorf("%d problems, want %d", len(diags.All), len(want))
	}
	if d := diags.All[0]; d.Fix == nil || d.Fix.Edits[0].Text != "elevated" || !strings.Contains(d.Help, "version, elevated, rearms") {
		t.Errorf("no fix or no list of keys: %+v", d)
	}
}

func TestDecodeOfOtherShapes(t *testing.T) {
	for text, want := range map[string]string{
		"[a]":                 "1:1 yaml-shape: the file takes a mapping, not a list ⟦[a]⟧",
		"a":                   "1:1 yaml-shape: the file takes a mapping, not a scalar ⟦a⟧",
		"devices: [x]":        "1:11 yaml-shape: an item of devices takes a mapping, not a scalar ⟦x⟧",
		"devices: [{nam: x}]": "1:12 yaml-shape: an item of devices has no key \"nam\"; did you mean \"name\"? ⟦nam⟧",
		"rearms: 1\n---\nb":   "3:1 yaml-shape: the file holds a second document, but one is all that is read ⟦b⟧",
		"rearms: {a: 1}":      "1:9 yaml-shape: rearms takes a whole number, not a mapping ⟦{a: 1}⟧",
		"rearms: [":           "1:9 yaml-syntax: the bracket [ is not closed, or a comma is missing behind it ⟦[⟧",
	} {
		var got settings
		diags := Decode(source.NewFile("m.yaml", []byte(text)), &got)
		if len(diags.All) != 1 || say(diags.All[0]) != want {
			t.Errorf("%q: %d problems, %s", text, len(diags.All), say(diags.All[0]))
		}
	}
}
