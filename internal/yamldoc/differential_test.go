package yamldoc

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"gopkg.in/yaml.v3"
)

// TestAgreesWithTheDecoder compares nodes with what yaml.v3 decodes from the
// same documents: kinds, aliases, merges, texts. Plain scalars are resolved by
// yaml.v3, one by one, for both.
func TestAgreesWithTheDecoder(t *testing.T) {
	texts := map[string]string{
		"merge in a list":   "- &a {x: 1}\n- {<<: *a, y: 2}\n- <<: [*a, {x: 3, z: 4}]\n",
		"alias in an alias": "a: &a [1]\nb: &b {c: *a}\nd: [*b, *a]\n",
		"anchor set anew":   "a: &x 1\nb: *x\nc: &x 2\nd: *x\n",
		"deep":              "a:\n- b:\n  - - c\n    - d: [e, {f: g}]\n  h: |\n   i\n",
		"multi-line flow":   "{a: 'x\n  y',\n b: \"c\\\n  d\", e: f\n  g}\n",
		"blocks":            "- >2\n    a\n   b\n\n   c\n- |+\n\n  d\n\n\n- >+\n  e\n\n- >-\n\n  f\n   g\n  h\n",
		"separators":        "a: b\u2028  c\nd: 'e\u0085f'\n",
		"nothing":           "a:\nb: ~\nc: ''\nd: [~, null, ]\n",
	}
	names, _ := filepath.Glob("testdata/parse/*.yaml")
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(text)
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			var want []any
			for decoder := yaml.NewDecoder(bytes.NewReader([]byte(text))); ; {
				var v any
				err := decoder.Decode(&v)
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				if v != nil { // Parse leaves empty documents out
					want = append(want, v)
				}
			}
			var got []any
			for _, doc := range parse(t, text) {
				got = append(got, plainValue(t, doc))
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got  %#v\nwant %#v", got, want)
			}
		})
	}
}

// plainValue makes of a node what yaml.v3 decodes into an interface.
func plainValue(t *testing.T, n *Node) any {
	switch n.Kind {
	case Mapping:
		m := map[string]any{}
		for _, p := range n.Pairs {
			m[p.Key.Text] = plainValue(t, p.Value)
		}
		return m
	case Sequence:
		list := []any{}
		for _, item := range n.Items {
			list = append(list, plainValue(t, item))
		}
		return list
	}
	if n.Style != Plain {
		return n.Text
	}
	var v any
	if err := (&yaml.Node{Kind: yaml.ScalarNode, Value: n.Text, Tag: n.Tag}).Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}
