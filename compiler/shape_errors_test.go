package compiler

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/yamldoc"
)

// toyLanguage has one of every keyword that sections use.
const toyLanguage = `{
 "type": "object", "additionalProperties": false, "required": ["version"],
 "definitions": {
  "secret": {"type": "object", "properties": {"env": {"type": "string"}, "file": {"type": "string"}},
   "additionalProperties": false, "minProperties": 1, "maxProperties": 1}
 },
 "properties": {
  "version": {"const": "v1"},
  "flag": {"type": "boolean"},
  "mode": {"enum": ["oobe", "audit"]},
  "count": {"type": "integer", "minimum": 1, "maximum": 3},
  "name": {"type": ["string", "number", "boolean"]},
  "words": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": true}]},
  "code": {"type": "string", "title": "Code of four letters", "pattern": "^[A-Z]{4}$"},
  "size": {"type": "string", "pattern": "^[0-9]+[KM]$", "examples": ["10M"]},
  "short": {"type": "string", "minLength": 2, "maxLength": 4},
  "key": {"oneOf": [{"type": "string"}, {"$ref": "#/definitions/secret"},
   {"type": "object", "additionalProperties": false, "properties": {"first": {"$ref": "#/definitions/secret"}, "second": {"type": "boolean"}}}]},
  "rules": {"type": "array", "items": {"type": "object", "additionalProperties": false, "required": ["rule", "reason"],
   "properties": {"rule": {"type": "string"}, "reason": {"type": "string"}}}},
  "twice": {"oneOf": [{"type": "string", "minLength": 1}, {"type": "string", "maxLength": 3}]},
  "open": {"type": "object", "additionalProperties": {"type": "boolean"}, "patternProperties": {"^x-": {"type": "array"}}}
 }}`

// shapeFindings runs a profile through a shape and lists "line:column message".
func shapeFindings(t *testing.T, s *shape, profile string) ([]string, *shapeCheck, *diag.List) {
	t.Helper()
	docs, diags := yamldoc.Parse(source.NewFile("in.yaml", []byte(profile)))
	if len(docs) != 1 || len(diags.All) > 0 {
		t.Fatalf("%q is no test of the shape: %v", profile, diags.All)
	}
	check := &shapeCheck{diags: &diag.List{}, faulty: map[string]bool{}}
	check.run(s, dataOf(docs[0], math.MaxInt), place{node: docs[0]})
	check.diags.Sort()
	var got []string
	for _, d := range check.diags.All {
		at := d.Span.Position()
		got = append(got, fmt.Sprintf("%d:%d %s", at.Line, at.Column, d.Message))
	}
	return got, check, check.diags
}

func toyShape(t testing.TB) *shape {
	t.Helper()
	var fragment map[string]any
	if err := json.Unmarshal([]byte(toyLanguage), &fragment); err != nil {
		t.Fatal(err)
	}
	s, err := newShape(fragment)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEachMistakeOfShapeIsReportedOnceAtItsPlace(t *testing.T) {
	s := toyShape(t)
	for _, test := range []struct {
		name, profile string
		want          []string
	}{
		{"nothing wrong", "version: v1\nflag: true\nmode: audit\ncount: 2\nname: 0123\nwords: [a, b]\ncode: ABCD\n", nil},
		{"not a mapping", "- version: v1\n", []string{`1:1 the profile must be a mapping, not a list`}},
		{"text alone", "hello\n", []string{`1:1 the profile must be a mapping, not text`}},
		{"missing key", "flag: true\n", []string{`1:1 the profile lacks the key "version"`}},
		{"wrong constant", "version: v2\n", []string{`1:10 version must be v1`}},
		{"unknown section", "version: v1\nFlag: true\n", []string{`2:1 the language has no section "Flag"; did you mean "flag"?`}},
		{"unknown section, nothing near", "version: v1\nzzzzzzzzz: 1\n", []string{`2:1 the language has no section "zzzzzzzzz"`}},
		{"quoted truth value", "version: v1\nflag: 'true'\n", []string{`2:7 flag must be true or false, not quoted text`}},
		{"truth value of old", "version: v1\nflag: yes\n", []string{`2:7 flag must be true or false, not text`}},
		{"number for a truth value", "version: v1\nflag: 1\n", []string{`2:7 flag must be true or false, not a number`}},
		{"no value", "version: v1\nflag:\nmode: oobe\n", []string{`2:1 flag has no value: it must be true or false`}},
		{"mapping for text", "version: v1\nname: {a: b}\n", []string{`2:7 name must be text, not a mapping`}},
		{"word of a list", "version: v1\nmode: Oobe\n", []string{`2:7 mode must be oobe or audit; did you mean oobe?`}},
		{"too small", "version: v1\ncount: 0\n", []string{`2:8 count must be at least 1`}},
		{"too large", "version: v1\ncount: 4\n", []string{`2:8 count must be at most 3`}},
		{"pattern by title", "version: v1\ncode: abc\n", []string{`2:7 code must be a code of four letters`}},
		{"pattern by example", "version: v1\nsize: big\n", []string{`2:7 size must have a form such as 10M`}},
		{"too short", "version: v1\nshort: a\n", []string{`2:8 short needs at least 2 characters`}},
		{"too long", "version: v1\nshort: abcde\n", []string{`2:8 short takes at most 4 characters`}},
		{"union, kind that none takes", "version: v1\nwords: {a: b}\n", []string{`2:8 words must be text or a list, not a mapping`}},
		{"union, number", "version: v1\nwords: 8.1\n", []string{`2:8 words must be text or a list, not a number`}},
		{"union, mistakes in one alternative", "version: v1\nwords: [a, [b], {c: d}]\n",
			[]string{`2:12 an entry of words must be text, not a list`, `2:17 an entry of words must be text, not a mapping`}},
		{"union, empty list", "version: v1\nwords: []\n", []string{`2:8 words needs at least one item`}},
		{"union, twins", "version: v1\nwords: [a, b, a]\n", []string{`2:15 words holds the same item twice`}},
		{"union, nearest mapping", "version: v1\nkey: {frist: {env: A}, second: true}\n",
			[]string{`2:7 key has no key "frist"; did you mean "first"?`}},
		{"union below a union", "version: v1\nkey: {first: {env: [A]}, second: no}\n",
			[]string{`2:20 key.first.env must be text, not a list`, `2:34 key.second must be true or false, not text`}},
		{"both kinds of secret", "version: v1\nkey: {env: A, file: b}\n", []string{`2:6 key takes exactly 1 of: env, file`}},
		{"union, key of no form", "version: v1\nkey: {third: true}\n", []string{`2:7 key has no key "third"`}},
		{"union, keys of two forms", "version: v1\nkey: {env: A, second: true}\n", []string{`2:6 key has no form with these keys together: env, second`}},
		{"union, empty mapping", "version: v1\nkey: {}\n", nil},
		{"union, no value", "version: v1\nwords:\n", []string{`2:1 words has no value: it must be text or a list`}},
		{"union, two forms at once", "version: v1\ntwice: ab\n", []string{`2:8 twice can be read in more than one way`}},
		{"list item", "version: v1\nrules:\n  - rule: a\n    reason: b\n  - rule: c\n  - d\n  - reason: [e]\n    rule: f\n    if: g\n",
			[]string{`5:5 an entry of rules lacks the key "reason"`, `6:5 an entry of rules must be a mapping, not text`, `7:13 rules.reason must be text, not a list`, `9:5 an entry of rules has no key "if"`}},
		{"open mapping", "version: v1\nopen: {a: true, b: x, x-c: 1, x-d: [1]}\n",
			[]string{`2:20 open.b must be true or false, not text`, `2:28 open.x-c must be a list, not a number`}},
		{"several sections", "flag: x\nmode: y\nzzzz: z\n", []string{
			`1:1 the profile lacks the key "version"`, `1:7 flag must be true or false, not text`,
			`2:7 mode must be oobe or audit`, `3:1 the language has no section "zzzz"`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, _, _ := shapeFindings(t, s, test.profile); !slices.Equal(got, test.want) {
				t.Errorf("%s\ngot  %q\nwant %q", test.profile, got, test.want)
			}
		})
	}
}

func TestFaultySectionsAreNamedAndSoundOnesAreNot(t *testing.T) {
	_, check, _ := shapeFindings(t, toyShape(t), "version: v1\nflag: x\nmode: oobe\nkey: {env: [A]}\nnope: 1\n")
	if want := map[string]bool{"flag": true, "key": true, "nope": true}; fmt.Sprint(check.faulty) != fmt.Sprint(want) {
		t.Errorf("faulty: %v, want %v", check.faulty, want)
	}
}

func TestFixesOfShapeMistakes(t *testing.T) {
	s := toyShape(t)
	for profile, want := range map[string]struct {
		text string
		safe bool
	}{
		"version: v1\nflag: 'true'\n": {"true", true},
		"version: v1\nflag: No\n":     {"false", true},
		"version: v1\nflag: 0\n":      {"false", true},
		"version: v1\nmode: ooobe\n":  {"oobe", false},
		"version: v1\nflga: true\n":   {"flag", false},
	} {
		_, _, diags := shapeFindings(t, s, profile)
		if len(diags.All) != 1 || diags.All[0].Fix == nil {
			t.Errorf("%q: want one finding with a fix", profile)
			continue
		}
		fix := diags.All[0].Fix
		if fix.Edits[0].Text != want.text || fix.Safe != want.safe {
			t.Errorf("%q: fix %q, safe %v; want %q, %v", profile, fix.Edits[0].Text, fix.Safe, want.text, want.safe)
		}
	}
}

func TestAFixNeverMakesADuplicateKey(t *testing.T) {
	_, _, diags := shapeFindings(t, toyShape(t), "version: v1\nflag: true\nflga: true\n")
	if len(diags.All) != 1 || diags.All[0].Fix != nil {
		t.Error("flag is there already; flga must not be renamed to it")
	}
}

func TestMessagesOfTheShapeCheckRepeatNoValue(t *testing.T) {
	const secret = "hunter2-hunter2"
	for _, profile := range []string{
		"version: v1\nkey: {env: A, file: " + secret + "}\n", "version: v1\nmode: " + secret + "\n", "version: v1\ncode: " + secret + "\n",
		"version: v1\nflag: " + secret + "\n", "version: " + secret + "\n", "version: v1\nwords: [" + secret + ", " + secret + "]\n",
	} {
		got, _, diags := shapeFindings(t, toyShape(t), profile)
		if len(got) == 0 {
			t.Errorf("%q: nothing found", profile)
		}
		for _, d := range diags.All {
			if text := fmt.Sprint(d.Message, d.Help, d.Why); strings.Contains(text, secret) {
				t.Errorf("%q: %s", profile, text)
			}
		}
	}
}
