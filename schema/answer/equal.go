package answer

import (
	"fmt"
	"slices"
	"strings"
)

// Equal compares two answer files by what their XML says and returns the first
// difference in words, "" when there is none. It ignores spans, prefixes,
// styles, comments, the order of attributes, and every order that Canonical
// settles. A value that is to be hidden equals its hidden form. Target and
// Invocation are not part of the XML and not compared. The words name places,
// never values, which may be secret.
func Equal(a, b *File) (diff string) {
	c := comparison{}
	a, b = Canonical(a), Canonical(b)
	c.same("the name of the root", rootName(a), rootName(b))
	c.same("the namespace of the root", or(a.Namespace, Namespace), or(b.Namespace, Namespace))
	c.attributes(a.Attributes, b.Attributes)
	c.extras("what stands before the root", a.Prolog, b.Prolog)
	c.extras("what stands behind the root", a.Epilog, b.Epilog)
	c.settings("servicing elements", servicing(a), servicing(b))
	c.extras("other content", a.Extra, b.Extra)
	if c.number("passes", len(a.Passes), len(b.Passes)) {
		for i := range a.Passes {
			c.pass(a.Passes[i], b.Passes[i])
		}
	}
	return c.diff
}

func rootName(f *File) string { return or(f.Root, "unattend") }

func or(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

// servicing is the servicing element with the packages of the file, if any.
func servicing(f *File) []*Setting {
	if f.Servicing == nil && len(f.Packages) == 0 {
		return nil
	}
	s := Setting{Name: "servicing"}
	if f.Servicing != nil {
		s = *f.Servicing
	}
	s.Children = f.Packages
	return []*Setting{&s}
}

// comparison is one run of Equal. It stops at the first difference.
type comparison struct {
	path []string
	diff string
}

func (c *comparison) differ(format string, args ...any) {
	if c.diff != "" {
		return
	}
	at := "unattend"
	if len(c.path) > 0 {
		at = strings.Join(c.path, "/")
	}
	c.diff = at + ": " + fmt.Sprintf(format, args...)
}

func (c *comparison) same(what, a, b string) {
	if a != b {
		c.differ("%s differs", what)
	}
}

func (c *comparison) number(what string, a, b int) bool {
	if a != b {
		c.differ("%d and %d %s", a, b, what)
	}
	return c.diff == "" && a == b
}

func (c *comparison) enter(name string) { c.path = append(c.path, name) }

func (c *comparison) leave() { c.path = c.path[:len(c.path)-1] }

func (c *comparison) pass(a, b *Pass) {
	c.enter(or(a.Name, "settings"))
	defer c.leave()
	c.attributes(a.Written(), b.Written())
	c.extras("other content", a.Extra, b.Extra)
	if c.number("components", len(a.Components), len(b.Components)) {
		for i := range a.Components {
			c.component(a.Components[i], b.Components[i])
		}
	}
}

func (c *comparison) component(a, b *Component) {
	c.enter(or(a.Name, "component"))
	defer c.leave()
	c.attributes(a.Written(), b.Written())
	c.extras("other content", a.Extra, b.Extra)
	c.settings("settings", a.Settings, b.Settings)
}

func (c *comparison) settings(what string, a, b []*Setting) {
	if c.number(what, len(a), len(b)) {
		for i := range a {
			c.setting(a[i], b[i])
		}
	}
}

func (c *comparison) setting(a, b *Setting) {
	c.enter(a.Name)
	defer c.leave()
	c.same("the name", a.Name, b.Name)
	c.same("the namespace", a.Space, b.Space)
	c.attributes(a.Attributes, b.Attributes)
	textA, extraA := content(a)
	textB, extraB := content(b)
	c.same("the text", textA, textB)
	c.extras("other content", extraA, extraB)
	c.settings("children", a.Children, b.Children)
}

// content splits what stands in a setting into the text before the first child
// and the extras that are left. White space beside children says nothing.
func content(s *Setting) (text string, extra []Extra) {
	text = s.Written()
	for _, e := range s.Extra {
		if e.Kind == Text && (e.Index == 0 || len(s.Children) == 0) {
			text += e.Text
			continue
		}
		extra = append(extra, e)
	}
	if len(s.Children) > 0 && strings.Trim(text, " \t\r\n") == "" {
		text = ""
	}
	return text, extra
}

func (c *comparison) attributes(a, b []Attribute) {
	if !c.number("attributes", len(a), len(b)) {
		return
	}
	a, b = slices.Clone(a), slices.Clone(b)
	slices.SortStableFunc(a, compareAttributes)
	slices.SortStableFunc(b, compareAttributes)
	for i := range a {
		if compareAttributes(a[i], b[i]) != 0 {
			c.differ("the attribute %s is on one side alone", a[i].Name)
		}
		c.same("the attribute "+a[i].Name, a[i].Value, b[i].Value)
	}
}

func compareAttributes(a, b Attribute) int {
	if n := strings.Compare(a.Space, b.Space); n != 0 {
		return n
	}
	return strings.Compare(a.Name, b.Name)
}

func (c *comparison) extras(what string, a, b []Extra) {
	a, b = telling(a), telling(b)
	if len(a) != len(b) {
		c.differ("%s differs", what)
		return
	}
	for i := range a {
		if a[i].Kind != b[i].Kind || a[i].Index != b[i].Index || a[i].Text != b[i].Text {
			c.differ("%s differs", what)
		} else if a[i].Kind == Element {
			c.setting(a[i].Element, b[i].Element)
		}
	}
}

// telling drops comments and white space.
func telling(extra []Extra) []Extra {
	return slices.DeleteFunc(slices.Clone(extra), func(e Extra) bool {
		return e.Kind == Comment || e.Kind == Text && strings.Trim(e.Text, " \t\r\n") == ""
	})
}
