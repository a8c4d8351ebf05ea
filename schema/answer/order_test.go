package answer

import (
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
)

func TestCanonicalOrdersPassesAndComponentsWithTheirComments(t *testing.T) {
	f := &File{
		Passes: []*Pass{
			{Name: "later"}, {Name: "OOBEsystem"}, {Name: "windowsPE", Components: []*Component{
				{Name: "B", Architecture: "x86"}, {Name: "b", Architecture: "amd64"}, {Name: "A"},
			}, Extra: []Extra{{Kind: Comment, Index: 2, Text: "of A"}, {Kind: Comment, Index: 3, Text: "last"}}},
		},
		Extra: []Extra{{Kind: Comment, Index: 1, Text: "of oobeSystem"}, {Kind: Element, Index: 3, Element: &Setting{Name: "x"}}},
	}
	c := Canonical(f)
	var got []string
	for _, p := range c.Passes {
		got = append(got, p.Name)
		for _, k := range p.Components {
			got = append(got, k.Name+k.Architecture)
		}
	}
	if want := []string{"windowsPE", "A", "bamd64", "Bx86", "OOBEsystem", "later"}; !slices.Equal(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
	if e := c.Extra; e[0].Index != 1 || e[1].Index != 3 {
		t.Errorf("extras of the file at %d and %d, want 1 and 3", e[0].Index, e[1].Index)
	}
	if e := c.Passes[0].Extra; e[0].Text != "of A" || e[0].Index != 0 || e[1].Index != 3 {
		t.Errorf("extras of windowsPE: %+v", e)
	}
	if f.Passes[0].Name != "later" || f.Passes[2].Components[0].Name != "B" || f.Passes[2].Extra[0].Index != 2 {
		t.Error("the file itself was changed")
	}
}

func TestCanonicalLeavesMixedContentAlone(t *testing.T) {
	f := &File{Passes: []*Pass{{Name: "oobeSystem"}, {Name: "windowsPE"}}, Extra: []Extra{{Kind: Text, Index: 1, Text: "x"}}}
	if c := Canonical(f); c.Passes[0].Name != "oobeSystem" {
		t.Error("passes were moved past text")
	}
}

// TestCanonicalFollowsEveryChildOrder puts the children of each setting with a
// prescribed order the wrong way round.
func TestCanonicalFollowsEveryChildOrder(t *testing.T) {
	found := 0
	for _, c := range schema.Components() {
		for _, known := range c.Settings {
			if len(known.ChildOrder) == 0 {
				continue
			}
			found++
			s := &Setting{Children: []*Setting{{Name: "unknown"}}}
			for _, name := range slices.Backward(known.ChildOrder) {
				s.Children = append(s.Children, &Setting{Name: strings.ToUpper(name)})
			}
			file := &File{Passes: []*Pass{{Name: "windowsPE", Components: []*Component{{Name: c.Name, Settings: nest(known.Path, s)}}}}}
			at := Canonical(file).Passes[0].Components[0].Settings[0]
			for range strings.Count(known.Path, "/") {
				at = at.Children[0]
			}
			for i, name := range known.ChildOrder {
				if !strings.EqualFold(at.Children[i].Name, name) {
					t.Errorf("%s/%s: child %d is %s, want %s", c.Name, known.Path, i, at.Children[i].Name, name)
				}
			}
			if at.Children[len(known.ChildOrder)].Name != "unknown" {
				t.Errorf("%s/%s: the unknown child is not the last", c.Name, known.Path)
			}
		}
	}
	if found == 0 {
		t.Error("the catalogue prescribes no order at all")
	}
}

// nest puts s at the end of a path of settings.
func nest(path string, s *Setting) []*Setting {
	name, rest, deeper := strings.Cut(path, "/")
	if !deeper {
		s.Name = name
		return []*Setting{s}
	}
	return []*Setting{{Name: name, Children: nest(rest, s)}}
}
