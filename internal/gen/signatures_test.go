package main

import (
	"strings"
	"testing"
)

const goodSignature = `- id: F99
  title: A thing
  stage: generalize
  kind: general
  text: [a thing]
  codes: [0x80070005]
  needs_code: true
  cause: It happened.
  fix: Mend it.
  sources: [a page]
  grade: reported
  setting: { pass: generalize, component: C, path: S }
  match: [a thing]
  near: [another]
`

func TestASignatureIsWrittenWithItsParts(t *testing.T) {
	all, err := readSignatures(writeFiles(t, map[string]string{"b.yaml": goodSignature, "a.yaml": strings.ReplaceAll(goodSignature, "F99", "F98")}))
	if err != nil || len(all) != 2 || all[0].ID != "F98" {
		t.Fatalf("%v, %v", all, err)
	}
	got := all[1].literal()
	for _, want := range []string{`ID: "F99"`, "Kind: GeneralKind", "Codes: []uint32{0x80070005}", "NeedsCode: true", "Grade: Reported", `Setting: &Setting{Pass: "generalize", Component: "C", Path: "S"}`} {
		if !strings.Contains(got, want) {
			t.Errorf("%s lacks %s", got, want)
		}
	}
	if strings.Contains(got, "another") {
		t.Error("examples belong to tests alone")
	}
}

func TestSignaturesThatAreRefused(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"id: F99", "id: ''", "id is missing"},
		{"kind: general", "kind: odd", "kind"},
		{"stage: generalize", "stage: nowhere", "stage"},
		{"grade: reported", "grade: sure", "grade"},
		{"fix: Mend it.", "fix: ''", "fix is missing"},
		{"sources: [a page]", "sources: []", "sources is missing"},
		{"near: [another]", "near: []", "near is missing"},
		{"codes: [0x80070005]", "codes: []", "needs_code without codes"},
		{"text: [a thing]", "text: [A Thing]", "not in lower case"},
		{"text: [a thing]", "pattern: '('", "missing closing"},
		{"text: [a thing]", "refines: F00", "which is none"},
		{"text: [a thing]", "colour: red", "colour"},
		{"  near: [another]\n", "  near: [another]\n" + goodSignature, "stands twice"},
	} {
		_, err := readSignatures(writeFiles(t, map[string]string{"a.yaml": strings.Replace(goodSignature, c.old, c.new, 1)}))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.new, err, c.want)
		}
	}
}
