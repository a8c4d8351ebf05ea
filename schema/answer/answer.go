// Package answer is the answer file as a tree: File, Pass, Component and
// Setting. It is the one form in which rules, compiler, engine, diff and
// editors see an answer file, whether it came from YAML or from XML. Every
// node knows the spans it came from.
package answer

import (
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema"
)

// Namespaces of answer files.
const (
	Namespace    = "urn:schemas-microsoft-com:unattend"
	WCMNamespace = "http://schemas.microsoft.com/WMIConfig/2002/State"
	XSINamespace = "http://www.w3.org/2001/XMLSchema-instance"
	XMLNamespace = "http://www.w3.org/XML/1998/namespace"

	// NoNamespace marks an element that is in no namespace at all, because
	// the empty Space stands for the answer file's own. The word is the one
	// that XML Schema uses for it.
	NoNamespace = "##local"
)

// Spans tells where a node stands in the user's file. An unknown span falls
// back to the nearest ancestor's: use Place.
type Spans struct {
	Whole source.Span // all of the node
	Name  source.Span // the element name or mapping key
	Value source.Span // the text between the tags, or the YAML scalar
}

// Place is the best known place of a node: value, then name, then whole.
func (s Spans) Place() source.Span { return s.Value.Or(s.Name).Or(s.Whole) }

// NamePlace is the best known place of a node's name.
func (s Spans) NamePlace() source.Span { return s.Name.Or(s.Whole).Or(s.Value) }

// Attribute is one attribute of an element. Space is the namespace URI, ""
// for none; Prefix is as the author wrote it.
type Attribute struct {
	Space, Prefix, Name, Value string
	Spans
}

// File is a whole answer file.
type File struct {
	Source     *source.File
	Attributes []Attribute // of the root, without namespace declarations
	Root       string      // local name of the root as written; "unattend"
	Namespace  string      // of the root; "" = Namespace. Elements with an empty Space are in it
	RootSpans  Spans
	Passes     []*Pass    // settings elements in document order
	Packages   []*Setting // children of the servicing element
	Servicing  *Setting   // the servicing element itself, for its attributes and extras; its Children are Packages. nil: none was written
	Extra      []Extra    // everything else below the root: foreign elements, comments; Index counts Passes
	Prolog     []Extra    // comments and instructions before the root
	Epilog     []Extra    // and behind it

	Target          schema.Target
	TargetSpans     map[string]source.Span // by name of the YAML key: "windows", "architecture", …
	Invocation      *schema.Invocation     // nil: the file says nothing of how Sysprep is called
	InvocationSpans map[string]source.Span // "mode", "generalize", …
}

// Pass is one settings element.
type Pass struct {
	Name       string      // value of the pass attribute as typed
	Attributes []Attribute // all but pass
	Components []*Component
	Extra      []Extra
	Spans
}

// ID returns which pass it is, ok false for an unknown name.
func (p *Pass) ID() (schema.Pass, bool) { return schema.ParsePass(p.Name) }

// Component is one component element.
type Component struct {
	Name         string      // as typed
	Architecture string      // processorArchitecture as typed
	Attributes   []Attribute // all attributes as typed, name and processorArchitecture too
	Settings     []*Setting
	Extra        []Extra
	Spans
}

// Schema returns the component of the catalogue, nil when it has none of this
// name.
func (c *Component) Schema() *schema.Component { return schema.FindComponent(c.Name) }

// Style is how the author wrote a value.
type Style uint8

const (
	XMLText       Style = iota // text of an XML element
	XMLCData                   // text with a CDATA section
	YAMLPlain                  // unquoted scalar
	YAMLSingle                 // 'quoted'
	YAMLDouble                 // "quoted"
	YAMLLiteral                // | block
	YAMLFolded                 // > block
	YAMLStructure              // a mapping or sequence, or a value that a section made
)

// Setting is one element below a component.
type Setting struct {
	Name       string // local name as typed
	Space      string // namespace URI; "" = the unattend namespace
	Prefix     string // as typed, "" = default
	Text       string // value of a leaf, or the text before the first child
	Style      Style
	Raw        string // the scalar as written, before unquoting; "" when that is Text
	Attributes []Attribute
	Children   []*Setting
	Extra      []Extra // comments, instructions and text between the children

	Secret  *Secret // Text stands for a secret that is read only where it is needed
	Hide    string  // not "": the writer encodes Text in Windows' hidden form, with this element name behind it
	Unread  bool    // what stands there has a form that could not be read, which has been reported; nothing is known of the value
	Section string  // section of the profile that made it: "productKey", "reseal"; "" = passes, verbatim or XML

	Spans
}

// ExtraKind tells what an Extra is.
type ExtraKind uint8

const (
	Comment     ExtraKind = iota
	Instruction           // a processing instruction; Text holds target and data
	Text                  // text between child elements
	Element               // an element that is no pass, component or setting
)

// Extra is content that is no setting. Index tells before which child it
// stands; children are passes, components or settings, by the parent.
type Extra struct {
	Kind    ExtraKind
	Index   int
	Text    string
	Element *Setting // only with Kind Element
	Span    source.Span
}

// Secret is a value that is known only outside of the file.
type Secret struct {
	Kind string // "env" or "file"
	Name string // of the variable, or the path as typed
	Span source.Span
}

// Placeholder is what stands for the secret wherever it is not read: it names
// the source and never the value.
func (s *Secret) Placeholder() string { return "[secret " + s.Kind + ":" + s.Name + "]" }

// Attr returns the attribute of that namespace and name, nil when there is
// none.
func (s *Setting) Attr(space, name string) *Attribute {
	for i := range s.Attributes {
		if s.Attributes[i].Name == name && s.Attributes[i].Space == space {
			return &s.Attributes[i]
		}
	}
	return nil
}

// KeyValue is the wcm:keyValue of an item, ok false without one.
func (s *Setting) KeyValue() (string, bool) {
	if a := s.Attr(WCMNamespace, "keyValue"); a != nil {
		return a.Value, true
	}
	return "", false
}

// Action is the wcm:action of an item, "" without one.
func (s *Setting) Action() string {
	if a := s.Attr(WCMNamespace, "action"); a != nil {
		return a.Value
	}
	return ""
}
