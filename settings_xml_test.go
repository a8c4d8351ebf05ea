package reseal_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/reseal/reseal"
)

// element is an element of compiled XML as encoding/xml understands it.
type element struct {
	name     xml.Name
	attrs    []xml.Attr
	text     string
	children []*element
}

const (
	unattendSpace = "urn:schemas-microsoft-com:unattend"
	wcmSpace      = "http://schemas.microsoft.com/WMIConfig/2002/State"
)

func (e *element) attr(space, name string) string {
	for _, a := range e.attrs {
		if a.Name.Space == space && a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// child is the first child of that name in the namespace of answer files, nil
// when there is none.
func (e *element) child(name string) *element {
	for _, c := range e.children {
		if c.name == (xml.Name{Space: unattendSpace, Local: name}) {
			return c
		}
	}
	return nil
}

// decode reads a whole document and returns its root.
func decode(text []byte) (*element, error) {
	decoder := xml.NewDecoder(bytes.NewReader(text))
	top := &element{}
	open := []*element{top}
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		last := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			e := &element{name: token.Name, attrs: token.Attr}
			last.children = append(last.children, e)
			open = append(open, e)
		case xml.CharData:
			last.text += string(token)
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
	if len(top.children) != 1 {
		return nil, errors.New("no single root")
	}
	return top.children[0], nil
}

// compile writes the only answer file of a profile and reads it back. Every
// secret resolves to the given value.
func (s *sample) compile(t *testing.T, loaded *reseal.Loaded, secret string) *element {
	t.Helper()
	done, found, err := loaded.Compile(func(*reseal.Secret) (string, error) { return secret, nil })
	if err != nil || len(done) != 1 || len(found.All) > 0 {
		t.Errorf("%s: %d outputs, %v, %v", s.path(), len(done), err, found)
		return nil
	}
	text := done[0].XML
	for i, b := range text {
		if b > '~' || b < ' ' && b != '\n' {
			t.Errorf("%s: byte %#x at %d of\n%s", s.path(), b, i, text)
		}
	}
	root, err := decode(text)
	if err != nil {
		t.Errorf("%s: %v\n%s", s.path(), err, text)
	}
	return root
}

// checkXML looks for the setting with its value in the compiled answer file,
// by its path from the root down.
func (s *sample) checkXML(t *testing.T, loaded *reseal.Loaded, value string) {
	t.Helper()
	root := s.compile(t, loaded, value)
	if root == nil {
		return
	}
	at := s.componentOf(root)
	if at == nil {
		t.Errorf("%s: the component is not in its pass", s.path())
		return
	}
	r := s.target.row
	for _, step := range r.chain() {
		if step.typ == "key" {
			if got := at.attr(wcmSpace, "keyValue"); got != value {
				t.Errorf("%s: the key is %q, want %q", s.path(), got, value)
			}
			return
		}
		if at = at.child(s.spelled(step)); at == nil {
			t.Errorf("%s: no element %s", s.path(), step.path)
			return
		}
		if got := at.attr(wcmSpace, "action"); (got == "add") != (step.kind == "item") {
			t.Errorf("%s: %s has the action %q", s.path(), step.path, got)
		}
		if got := at.attr(wcmSpace, "keyValue"); (got != "") != (step.key == "@keyValue") {
			t.Errorf("%s: %s has the key %q", s.path(), step.path, got)
		}
	}
	if r.text() && (at.text != value || len(at.children) > 0) {
		t.Errorf("%s: the value is %q, want %q", s.path(), at.text, value)
	}
	if !r.text() && (strings.TrimSpace(at.text) != "" || len(at.children) == 0) {
		t.Errorf("%s: the container holds %q and %d elements", s.path(), at.text, len(at.children))
	}
}

// spelled is the name that the profile has for a step of the path.
func (s *sample) spelled(step *setting) string {
	if step == s.target.row && s.target.key != "" {
		return s.target.key
	}
	return step.name()
}

// componentOf finds the component in its pass and looks at its identity.
func (s *sample) componentOf(root *element) *element {
	if len(root.children) != 1 {
		return nil
	}
	pass := root.child("settings")
	if root.name.Local != "unattend" || pass == nil || pass.attr("", "pass") != s.pass.key || len(pass.children) != 1 {
		return nil
	}
	c := pass.child("component")
	if c == nil || c.attr("", "name") != s.component.key || c.attr("", "processorArchitecture") != "amd64" ||
		c.attr("", "publicKeyToken") != "31bf3856ad364e35" || c.attr("", "language") != "neutral" || c.attr("", "versionScope") != "nonSxS" {
		return nil
	}
	return c
}
