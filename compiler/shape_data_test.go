package compiler

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/xeipuuv/gojsonschema"
)

func TestPlainScalarsBecomeWhatAYAMLReaderSees(t *testing.T) {
	for text, want := range map[string]any{
		"true": true, "False": false, "TRUE": true,
		"yes": "yes", "no": "no", "on": "on", "null": "null", "~": "~", "08:00": "08:00", "11-24h2": "11-24h2",
		"0": json.Number("0"), "0123": json.Number("123"), "+7": json.Number("7"), "-0": json.Number("0"),
		"0x1F": json.Number("31"), "0o17": json.Number("15"), "0xZZ": "0xZZ",
		"8.1": json.Number("8.1"), "1e3": json.Number("1000"), "-.5": json.Number("-0.5"), "1.": json.Number("1"),
		"18446744073709551616": json.Number("18446744073709551616"),
		"1e999":                "1e999", "1e999999999": "1e999999999", ".inf": ".inf", ".nan": ".nan", "1_000": "1_000", "-": "-", "": "",
	} {
		if got := plainData(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%q is %T %v, want %T %v", text, got, got, want, want)
		}
	}
	if long := strings.Repeat("9", longestNumber+1); plainData(long) != long {
		t.Error("an endless number must stay text")
	}
}

func TestNodesBecomeValidatorData(t *testing.T) {
	text := func(s string) *yamldoc.Node { return &yamldoc.Node{Text: s} }
	pair := func(k string, v *yamldoc.Node) yamldoc.Pair { return yamldoc.Pair{Key: text(k), Value: v} }
	node := &yamldoc.Node{Kind: yamldoc.Mapping, Pairs: []yamldoc.Pair{
		pair("plain", text("5")),
		pair("quoted", &yamldoc.Node{Text: "5", Style: yamldoc.DoubleQuoted}),
		pair("tagged", &yamldoc.Node{Text: "5", Tag: "!!str"}),
		pair("nothing", &yamldoc.Node{Empty: true}),
		pair("list", &yamldoc.Node{Kind: yamldoc.Sequence, Items: []*yamldoc.Node{text("a"), text("true")}}),
		pair("plain", text("a second one is a mistake that the reader reports")),
	}}
	want := map[string]any{"plain": json.Number("5"), "quoted": "5", "tagged": "5", "nothing": nil, "list": []any{"a", true}}
	if got := dataOf(node, math.MaxInt); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := dataOf(node, 1).(map[string]any)["list"]; !reflect.DeepEqual(got, []any{}) {
		t.Errorf("below the levels nothing is left, got %v", got)
	}
}

// The traps for which dataOf exists.
func TestValidatorChecksNumbersOnlyAsJSONNumber(t *testing.T) {
	s, err := gojsonschema.NewSchema(gojsonschema.NewStringLoader(`{"type":"integer","maximum":3}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		value any
		valid bool
	}{{5, true}, {5.5, true}, {json.Number("5"), false}, {json.Number("5.5"), false}, {json.Number("3"), true}} {
		result, err := s.Validate(gojsonschema.NewRawLoader(test.value))
		if err != nil {
			t.Fatal(err)
		}
		if result.Valid() != test.valid {
			t.Errorf("%T %v: valid is %v; the reason for dataOf has changed", test.value, test.value, result.Valid())
		}
	}
}
