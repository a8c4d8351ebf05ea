package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
)

// roundTrip decompiles an answer file and compiles the profile again.
func roundTrip(name string, data []byte) (profile *reseal.Decompiled, xml []byte, err error) {
	profile, found := reseal.Load(name, data, reseal.Options{}).Decompile()
	if profile == nil {
		return nil, nil, fmt.Errorf("no profile: %s", found.All[0].Message)
	}
	outputs, refused, err := reseal.Load("profile.yaml", profile.Profile, reseal.Options{}).Compile(nil)
	if err != nil {
		return profile, nil, err
	}
	if len(outputs) != 1 {
		return profile, nil, fmt.Errorf("%d outputs, %v", len(outputs), refused.All)
	}
	return profile, outputs[0].XML, nil
}

// Every answer file that is well-formed comes back from its profile.
func TestRealFilesComeBackFromTheirProfiles(t *testing.T) {
	reasons := map[string]int{}
	files, holding, pieces, bytesAll, bytesVerbatim := 0, 0, 0, 0, 0
	for _, f := range realFiles(t) {
		if !f.WellFormed {
			continue
		}
		files++
		profile, xml, err := roundTrip(f.Name, f.data)
		if err != nil {
			t.Errorf("%s: %v", f.id(), err)
			continue
		}
		if diff := compare(f.data, xml); diff != "" {
			t.Errorf("%s: %s", f.id(), diff)
		}
		for _, entry := range verbatimOf(t, profile.Profile) {
			bytesVerbatim += len(entry.xml)
			if form := otherForm(entry, xml); form != "" {
				t.Errorf("%s: under verbatim stands what has another form: %s: %s", f.id(), entry.in, form)
			}
		}
		for _, piece := range profile.Verbatim {
			reasons[string(piece.Reason)]++
		}
		bytesAll += len(xml)
		pieces += len(profile.Verbatim)
		if len(profile.Verbatim) > 0 {
			holding++
		}
	}
	t.Logf("%d files; %d hold %d pieces verbatim, %.1f %% of all bytes", files, holding, pieces, 100*float64(bytesVerbatim)/float64(max(bytesAll, 1)))
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		t.Logf("%6d %s", reasons[reason], reason)
	}
}

// piece is an entry of the section verbatim.
type piece struct{ in, xml string }

func verbatimOf(t *testing.T, profile []byte) []piece {
	t.Helper()
	docs, found := yamldoc.Parse(source.NewFile("profile.yaml", profile))
	if len(docs) != 1 || len(found.All) > 0 {
		t.Fatalf("%d documents, %v", len(docs), found.All)
	}
	var all []piece
	if list := docs[0].Get("verbatim"); list != nil {
		for _, n := range list.Items {
			all = append(all, piece{n.Get("in").Text, n.Get("xml").Text})
		}
	}
	return all
}

// otherForm tells how a piece could have been written without verbatim, "" when
// it could not. xml is the answer file that the profile compiles to, in which
// the place of the piece and its neighbours are looked up.
func otherForm(p piece, xml []byte) string {
	doc, err := tree(xml)
	if err != nil {
		return err.Error()
	}
	var root *node
	for _, k := range doc.kids {
		if k.element() {
			root = k
		}
	}
	own := root.name.Space
	fragment, err := tree([]byte(`<x xmlns="` + own + `" xmlns:wcm="http://schemas.microsoft.com/WMIConfig/2002/State" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` + p.xml + `</x>`))
	if err != nil {
		return err.Error()
	}
	around, known := find(root, strings.Split(p.in, "/"), own)
	if around == nil {
		return "the place does not exist"
	}
	for _, n := range fragment.kids[0].kids {
		if n.element() && n.name.Space == own {
			if form := formOf(n, around, known, own); form != "" {
				return form
			}
		}
	}
	return ""
}

// formOf tells which form an element of the file's own namespace has.
func formOf(n, around *node, at place, own string) string {
	same, key := 0, map[int]string{1: "pass", 2: "name"}[at.level]
	for _, k := range around.kids {
		if k.name == n.name && strings.EqualFold(attribute(k, key), attribute(n, key)) {
			same++
		}
	}
	kid := at.below(n, own)
	switch {
	case around.name.Local == "servicing" || around.name.Local == "package":
		if n.name.Local == "package" || len(n.kids) == 0 && (n.name.Local == "source" || n.name.Local == "selection" || n.name.Local == "assemblyIdentity" && same < 2) {
			return n.name.Local + " is a part of packages"
		}
		return ""
	case at.level == 1 && n.name.Local != "settings" || at.level == 2 && n.name.Local != "component":
		return "" // nothing else belongs there
	case at.known != nil && !at.known.Container():
		return "" // inside a value
	case at.level <= 2 && same < 2:
		name := attribute(n, key)
		if name == "" || strings.ContainsAny(name, "@/$") || attributes(n, "name") > 1 {
			return "" // no key of a mapping
		}
		return n.name.Local + " is there once"
	case at.level > 2 && kid.known == nil && at.known != nil && at.component.Child(at.known, "PlainText") != nil:
		return "" // beside a password
	case at.level > 2 && kid.known == nil:
		return n.name.Local + " is an element that the catalogue does not know"
	case kid.known != nil && kid.known.Kind == schema.Item:
		return n.name.Local + " is an item"
	case same < 2:
		return n.name.Local + " is there once"
	}
	return ""
}

// attributes counts the attributes of a name in any letters.
func attributes(n *node, name string) int {
	count := 0
	for _, a := range n.attrs {
		if strings.EqualFold(a.Name.Local, name) {
			count++
		}
	}
	return count
}

// find walks to the place of a piece.
func find(root *node, path []string, own string) (*node, place) {
	at := place{level: 1}
	if path[0] == "root" || path[0] == "prolog" || path[0] == "epilog" {
		return root, at
	}
	n := root
	for i, part := range path {
		name, number := part, 1
		if base, rest, ok := strings.Cut(part, "["); ok && (i > 1 || path[0] == "servicing") {
			name = base
			fmt.Sscanf(rest, "%d", &number)
		}
		var next *node
		for _, k := range n.kids {
			word := k.name.Local
			switch {
			case !k.element() || k.name.Space != own:
				continue
			case i == 0 && path[0] != "servicing":
				word = attribute(k, "pass")
			case i == 1 && path[0] != "servicing":
				word = attribute(k, "name")
				if strings.Contains(name, "@") {
					word += "@" + attribute(k, "processorArchitecture")
				}
			}
			if strings.EqualFold(word, name) {
				if number--; number == 0 {
					next = k
				}
			}
		}
		if next == nil {
			return nil, at
		}
		at = at.below(next, own)
		n = next
	}
	return n, at
}

// compiled are the outputs of a profile as XML, by suffix.
func compiled(t *testing.T, name string, profile []byte) map[string][]byte {
	t.Helper()
	outputs, refused, err := reseal.Load(name, profile, reseal.Options{}).Compile(nil)
	if err != nil || len(outputs) == 0 {
		t.Fatalf("%s: %v, %v", name, err, refused.All)
	}
	all := map[string][]byte{}
	for _, out := range outputs {
		all[out.Suffix] = out.XML
	}
	return all
}

// Every form that an answer file can have comes back.
func TestSamplesComeBackFromTheirProfiles(t *testing.T) {
	inputs, err := filepath.Glob("../../testdata/decompile/*/in.xml")
	if err != nil || len(inputs) < 10 {
		t.Fatalf("%d samples, %v", len(inputs), err)
	}
	for _, input := range inputs {
		data, err := os.ReadFile(input)
		if err != nil {
			t.Fatal(err)
		}
		profile, xml, err := roundTrip(input, data)
		if err != nil {
			t.Errorf("%s: %v", input, err)
			continue
		}
		if diff := compare(data, xml); diff != "" {
			t.Errorf("%s: %s", input, diff)
		}
		for _, entry := range verbatimOf(t, profile.Profile) {
			if form := otherForm(entry, xml); form != "" {
				t.Errorf("%s: under verbatim stands what has another form: %s: %s", input, entry.in, form)
			}
		}
	}
}

var xmlComment = regexp.MustCompile(`(?s)\n *<!--.*?-->`)

// A profile, the XML that it compiles to, the profile of that and its XML: the
// two answer files are the same byte for byte, but for comments, which become
// those of the profile.
func TestProfilesComeBackFromTheirAnswerFiles(t *testing.T) {
	var names []string
	for _, pattern := range []string{"../../templates/*.yaml", "../../testdata/compile/*/in.yaml"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		names = append(names, found...)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for suffix, xml := range compiled(t, name, text) {
			xml = xmlComment.ReplaceAll(xml, nil)
			profile, again, err := roundTrip(name, xml)
			if err != nil {
				t.Errorf("%s%s: %v", name, suffix, err)
				continue
			}
			if !bytes.Equal(xml, again) {
				t.Errorf("%s%s: %s\n%s\n%s", name, suffix, compare(xml, again), again, profile.Profile)
			}
		}
	}
}

// FuzzDecompile holds every text that is read as a whole to the promise that
// its profile says the same, and that the comparison does not lie: what it
// takes for equal is equal for the product too.
func FuzzDecompile(f *testing.F) {
	inputs, err := filepath.Glob("../../testdata/decompile/*/in.xml")
	if err != nil || len(inputs) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, input := range inputs {
		text, err := os.ReadFile(input)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		loaded := reseal.Load("in.xml", data, reseal.Options{})
		for _, d := range loaded.Form.All {
			if d.Severity == reseal.Error {
				return
			}
		}
		if loaded.Profile {
			return
		}
		profile, xml, err := roundTrip("in.xml", data)
		if err != nil {
			t.Fatal(err)
		}
		if diff := compare(data, xml); diff != "" {
			t.Errorf("%s\n%s\n%s", diff, profile.Profile, xml)
		}
	})
}
