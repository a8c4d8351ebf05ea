package compiler

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/xeipuuv/gojsonschema"
)

// documentOf is the only document of a profile.
func documentOf(t testing.TB, profile string) *yamldoc.Node {
	t.Helper()
	docs, diags := yamldoc.Parse(source.NewFile("in.yaml", []byte(profile)))
	if len(docs) != 1 || len(diags.All) > 0 {
		t.Fatalf("%q is no test of the shape: %v", profile, diags.All)
	}
	return docs[0]
}

func TestShapeOfTheLanguage(t *testing.T) {
	for _, test := range []struct {
		name, profile string
		faulty        []string // sections, sorted
	}{
		{"sound", "version: reseal/v1\nreseal: {mode: oobe}\n", nil},
		{"no mapping", "[version]\n", []string{""}},
		{"no version", "reseal: {mode: oobe}\n", []string{""}},
		{"one section", "version: reseal/v1\nreseal: {mode: oob}\ntarget: {use: media}\n", []string{"reseal"}},
		{"a bad section hides no other", "version: reseal/v1\nreseal: [oobe]\ntarget: {use: floppy}\ntimeZone: {}\nlint: 1\n", []string{"lint", "reseal", "target", "timeZone"}},
		{"unknown section", "version: reseal/v1\ntargte: {use: media}\n", []string{"targte"}},
		{"names below passes are left to the checks", "version: reseal/v1\npasses: {specialise: {No-Such-Component: {Nothing: [1, {a: b}]}}}\n", nil},
		{"keys with a dollar sign are left to the lowering", "version: reseal/v1\npasses: {$attr: 1, specialize: {$attr: [2], $no: 3}}\n", nil},
		{"empty passes", "version: reseal/v1\npasses:\n", nil},
		{"empty pass and component", "version: reseal/v1\npasses:\n  specialize:\n  oobeSystem: {Microsoft-Windows-Shell-Setup: }\n", nil},
		{"empty pass and component on purpose", "version: reseal/v1\npasses: {specialize: '', oobeSystem: {Microsoft-Windows-Shell-Setup: ''}}\n", nil},
		{"the form of a pass is left to the lowering", "version: reseal/v1\npasses: {specialize: [a]}\n", nil},
		{"passes that are a list", "version: reseal/v1\npasses: [a]\n", []string{"passes"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var diags diag.List
			faulty := checkShape(documentOf(t, test.profile), &diags)
			var got []string
			for name := range faulty {
				got = append(got, name)
			}
			slices.Sort(got)
			if !slices.Equal(got, test.faulty) || len(diags.All) != len(test.faulty) {
				t.Errorf("faulty %q with %d findings, want %q", got, len(diags.All), test.faulty)
			}
			for _, d := range diags.All {
				if d.Rule != rule.YamlShape.ID || !d.Span.Known() {
					t.Errorf("%s at %v", d.Rule, d.Span)
				}
			}
		})
	}
}

func TestValuesBehindAnchorsAreReportedWhereTheyStand(t *testing.T) {
	var diags diag.List
	checkShape(documentOf(t, "version: reseal/v1\ntarget: {unattended: &a maybe}\nreseal: {generalize: *a}\n"), &diags)
	diags.Sort()
	if len(diags.All) != 2 {
		t.Fatalf("%d findings, want one for each use", len(diags.All))
	}
	for _, d := range diags.All {
		if p := d.Span.Position(); p.Line != 2 {
			t.Errorf("line %d: %s", p.Line, d.Message)
		}
	}
}

// Every section tells the editor what it is for; the fragments also have to be
// what newShape can compile.
func TestSectionsHaveTitleDescriptionAndASoundShape(t *testing.T) {
	for _, s := range sections {
		fragment := s.shape()
		title, _ := fragment["title"].(string)
		description, _ := fragment["description"].(string)
		if title == "" || !hasSubstance(description, s.name+" "+title) {
			t.Errorf("%s: title %q, description %q", s.name, title, description)
		}
		fragment["definitions"] = sharedDefinitions()
		if _, err := newShape(fragment); err != nil {
			t.Errorf("%s: %v", s.name, err)
		}
	}
}

func TestADamagedFragmentIsAnError(t *testing.T) {
	for _, fragment := range []map[string]any{{"type": "no such type"}, {"pattern": "("}, {"enum": make(chan int)}} {
		if _, err := newShape(fragment); err == nil {
			t.Errorf("%v must be refused", fragment)
		}
	}
}

// Whatever the validator refuses is reported, and nothing else.
func FuzzShape(f *testing.F) {
	for _, seed := range []string{
		"version: v1\nkey: {env: A}\n", "version: v1\nkey: {env: [A], x: 1}\nwords: [a, [b]]\n", "key: {first: {file: 1}, env: b}\n",
		"version: v1\ntwice: ab\nopen: {x-: [1], a: no}\n", "- 1\n", "rules: [{rule: a}, {reason: [b]}, 1, []]\n", "count: 1e999999999\n", "flag:\nflag:\n",
	} {
		f.Add(seed)
	}
	s := toyShape(f)
	f.Fuzz(func(t *testing.T, profile string) {
		docs, _ := yamldoc.Parse(source.NewFile("in.yaml", []byte(profile)))
		for _, doc := range docs {
			check := &shapeCheck{diags: &diag.List{}, faulty: map[string]bool{}}
			data := dataOf(doc, math.MaxInt)
			check.run(s, data, place{node: doc})
			result, err := s.compiled.Validate(gojsonschema.NewRawLoader(data))
			if err != nil {
				t.Fatal(err)
			}
			if result.Valid() != (len(check.diags.All) == 0) || result.Valid() != (len(check.faulty) == 0) {
				t.Errorf("valid is %v, but %d findings", result.Valid(), len(check.diags.All))
			}
			for _, d := range check.diags.All {
				if d.Span.Start < 0 || d.Span.End > len(profile)+3 || d.Span.Start > d.Span.End || strings.TrimSpace(d.Message) == "" {
					t.Errorf("%q at %d-%d", d.Message, d.Span.Start, d.Span.End)
				}
			}
		}
	})
}

func BenchmarkShapeOfAProfile(b *testing.B) {
	doc := documentOf(b, "version: reseal/v1\ntarget: {windows: 11-24h2, architecture: amd64}\nreseal: {mode: oobe, generalize: true}\n"+
		"computerName: '*'\ntimeZone: UTC\npasses: {specialize: {Microsoft-Windows-Shell-Setup: {CopyProfile: true}}}\n")
	for b.Loop() {
		var diags diag.List
		checkShape(doc, &diags)
	}
}

func BenchmarkMakingTheShape(b *testing.B) {
	for b.Loop() {
		if _, err := newShape(outlineSchema()); err != nil {
			b.Fatal(err)
		}
	}
}
