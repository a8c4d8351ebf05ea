package xmldoc

import (
	"errors"
	"strings"
	"testing"

	"github.com/reseal/reseal/schema/answer"
)

// nestedSettings is one setting in the other, n of them, around a text.
func nestedSettings(n int, text string) *answer.Setting {
	s := &answer.Setting{Name: "a", Text: text}
	for range n - 1 {
		s = &answer.Setting{Name: "a", Children: []*answer.Setting{s}}
	}
	return s
}

func manySettings(n int) (all []*answer.Setting) {
	for range n {
		all = append(all, &answer.Setting{Name: "a", Attributes: []answer.Attribute{{Name: "b"}}})
	}
	return all
}

func manyAttributes(n int) *answer.Setting {
	s := &answer.Setting{Name: "a"}
	for i := range n {
		s.Attributes = append(s.Attributes, answer.Attribute{Name: "a" + strings.Repeat("b", i)})
	}
	return s
}

// Whatever Write makes can be read again, and it refuses no more than that.
func TestWriteKeepsToTheLimitsOfTheReader(t *testing.T) {
	const around = 3    // unattend, settings and component
	const nodes = 3 + 4 // they and their attributes
	for _, c := range []struct {
		name     string
		settings []*answer.Setting
		want     string // "" = written
	}{
		{"as deep as can be", []*answer.Setting{nestedSettings(maxDepth-around, "x")}, ""},
		{"an empty one below", []*answer.Setting{nestedSettings(maxDepth-around+1, "")}, ""},
		{"too deep", []*answer.Setting{nestedSettings(maxDepth-around+1, "x")}, "the answer file has elements nested deeper than 256 levels"},
		{"as many attributes as can be", []*answer.Setting{manyAttributes(maxAttributes)}, ""},
		{"too many attributes", []*answer.Setting{manyAttributes(maxAttributes + 1)}, "the answer file has an element with more than 1000 attributes"},
		{"as many elements as can be", manySettings((maxNodes - nodes) / 2), ""},
		{"too many elements", manySettings((maxNodes-nodes)/2 + 1), "the answer file has more than 200000 elements"},
		{"too large", []*answer.Setting{{Name: "a", Text: strings.Repeat("x", MaxSize)}}, "the answer file is larger than 16 MiB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := &answer.File{Passes: []*answer.Pass{{Name: "specialize", Components: []*answer.Component{{Name: "C", Architecture: "amd64", Settings: c.settings}}}}}
			text, err := Write(a)
			if c.want == "" {
				if _, diags := Read("a.xml", text); err != nil || len(diags.All) > 0 {
					t.Fatalf("%v, %d findings: %v", err, len(diags.All), messages(diags))
				}
				return
			}
			var refused *Unwritable
			if !errors.As(err, &refused) || text != nil || !strings.HasPrefix(refused.Error(), c.want) || refused.Diags.All[0].Rule != "input-limit" {
				t.Errorf("%d bytes, %v; want %q", len(text), err, c.want)
			}
		})
	}
}
