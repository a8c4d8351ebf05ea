package schema

import "strings"

// Kind is the form of a setting in an answer file.
type Kind uint8

const (
	Group  Kind = iota // a container with children of different names
	List               // a container that holds nothing but its own repeated item
	Item               // a repeated element
	Scalar             // a leaf with a value
)

// String is the word that the catalogue files and JSON output use.
func (k Kind) String() string { return [...]string{"group", "list", "item", "scalar"}[k] }

// Type is the type of a value.
type Type uint8

const (
	NoType Type = iota // groups, lists and items without text
	String
	Boolean
	Integer
	Unsigned
	Hex
	GUID
	IP
	Path
	URL
	Base64
	Enum
	KeyType // the wcm:keyValue attribute of an item, never a child element
)

var typeNames = [...]string{"", "string", "boolean", "integer", "unsigned", "hex", "guid", "ip", "path", "url", "base64", "enum", "key"}

// String is the word that the catalogue files and JSON output use; "" for NoType.
func (t Type) String() string { return typeNames[t] }

// State tells how a component or setting is known today.
type State uint8

const (
	Documented   State = iota // a published reference page describes it
	Undocumented              // no page names it, but it was seen working
	Deprecated                // still accepted; Windows ignores it or advises against it
	Removed                   // the reference itself says that it is gone since RemovedIn
)

// String is the word that the catalogue files and JSON output use.
func (s State) String() string {
	return [...]string{"documented", "undocumented", "deprecated", "removed"}[s]
}

// Component is one component of the catalogue with its settings.
type Component struct {
	Name     string  // canonical spelling
	Passes   PassSet // union over its settings, and LaterPasses
	Settings []Setting

	State        State
	Note         string  // what an author should know: why it is deprecated, what changed
	Introduced   string  // release that first had it, as printed in the source; "" = older or unknown
	DeprecatedIn string  // first release in which State Deprecated holds; "" = in all
	RemovedIn    string  // first release without it; with State Documented it is valid before that one
	ReplacedBy   string  // component, policy or file that does the work now
	Doubt        bool    // the releases above rest on seen files or are not confirmed: checks lower their severity
	LaterPasses  PassSet // members of Passes that only a later source names; no setting is known to take effect there
	Source       string  // address of the page or thread that the facts come from
	Later        bool    // not in the 2018 reference: its facts are from later sources
	Opaque       bool    // the names of its settings are not (all) known: any child is accepted

	// Laid out by the generator.
	top uint16 // settings of the top level: Settings[:top]
}

// Setting is one setting of the catalogue. Settings of a component stand in
// one slice, children of the same parent next to each other and sorted by
// their folded names, so that a look-up is a binary search.
type Setting struct {
	Path   string // from the component down, "OOBE/ProtectYourPC"
	Kind   Kind
	Type   Type    // of a scalar, or of the text of an item with Text
	Passes PassSet // where it is valid

	Key     string // child element that identifies an item: "Order", "Name"
	KeyAttr bool   // an item is identified by its wcm:keyValue attribute
	Text    bool   // the item's own text is the value

	Values        []string // closed set of literals of an Enum
	ListValues    []string // words allowed between separators
	KnownValues   []string // well-known values of an open set
	Separator     string   // several values in one string
	SpecialValues []string // literals allowed beside range or pattern
	Bits          []uint64 // the value is a sum of these flags
	Default       string   // "" with HasDefault false: none is stated
	HasDefault    bool

	HasMin, HasMax bool
	Min, Max       int64
	SoftRange      bool // Windows corrects values outside, or the range is only descriptive

	MinLength, MaxLength int  // 0 = no limit stated
	LengthInBytes        bool // lengths count bytes (of the UTF-8 form), not characters
	ForbiddenChars       string
	ForbiddenValues      []string
	IPPrefix             bool // the address may carry /prefix-length

	ChildOrder []string // order of the children that the page prescribes
	MaxItems   int      // more items are ignored; 0 = no limit stated
	Required   bool     // must be there when its parent is there
	Empty      Empty    // whether an empty element is allowed
	Sensitive  bool     // the value is a secret
	Aliases    []string // other spellings of the element found in the documentation

	State        State
	Note         string // what an author should know: why it is deprecated, what changed
	Introduced   string // first release, as printed in the source; "" = older or unknown
	DeprecatedIn string // first release in which State Deprecated holds; "" = in all
	RemovedIn    string // first release without it; with State Documented it is valid before that one
	ReplacedBy   string // setting, policy or file that does the work now
	Doubt        bool   // name or releases rest on seen files or are not confirmed: checks lower their severity
	Editions     string // limit to editions, firmware or features, in words
	Source       string // address of the page or thread that the facts come from
	Later        bool   // no row in the 2018 reference
	Inferred     bool   // the source lists no passes; taken from its surroundings
	Opaque       bool   // the names of its children are not (all) known: any child is accepted

	// Laid out by the generator.
	first, count uint16 // children: Settings[first:first+count]
}

// Empty tells what the reference says about an empty element.
type Empty uint8

const (
	EmptyUnknown Empty = iota
	EmptyAllowed
	EmptyForbidden
)

// Name is the last part of the path, the element name.
func (s *Setting) Name() string { return s.Path[strings.LastIndexByte(s.Path, '/')+1:] }

// Container tells whether the setting holds child elements.
func (s *Setting) Container() bool { return s.Kind != Scalar && !s.Text }

//go:generate go run ../internal/gen catalog
//go:generate go run ../internal/gen tables

// Components returns the whole catalogue, sorted by name. The caller must not
// change it.
func Components() []Component { return catalog[:] }

// FindComponent looks a component up by name without regard to case; nil when
// there is none.
func FindComponent(name string) *Component {
	if i := search(len(catalog), func(i int) int { return compareFold(catalog[i].Name, name) }); i >= 0 {
		return &catalog[i]
	}
	return nil
}

// search finds the index, below n, at which order is 0; it is negative before
// and positive behind. -1 means that there is none.
func search(n int, order func(int) int) int {
	low, high := 0, n
	for low < high {
		middle := (low + high) / 2
		switch o := order(middle); {
		case o == 0:
			return middle
		case o < 0:
			low = middle + 1
		default:
			high = middle
		}
	}
	return -1
}

// Children returns the settings directly below parent, or the top level of the
// component for a nil parent, sorted by folded name.
func (c *Component) Children(parent *Setting) []Setting {
	if parent != nil {
		return c.Settings[parent.first : parent.first+parent.count]
	}
	return c.Settings[:c.top]
}

// Child looks one child element up by name or alias without regard to case;
// nil when there is none. The wcm:keyValue attribute of an item (KeyType) is
// no child element.
func (c *Component) Child(parent *Setting, name string) *Setting {
	if s := c.entry(parent, name); s != nil && s.Type != KeyType {
		return s
	}
	return nil
}

// Find walks a path such as "OOBE/ProtectYourPC" without regard to case; nil
// when a part of it is unknown. Unlike Child it also finds the entry of a
// wcm:keyValue attribute: ".../IpAddress/Key".
func (c *Component) Find(path string) *Setting {
	var at *Setting
	for name := range strings.SplitSeq(path, "/") {
		if at = c.entry(at, name); at == nil {
			return nil
		}
	}
	return at
}

// Parent returns the container of a setting, nil at the top level.
func (c *Component) Parent(s *Setting) *Setting {
	i := strings.LastIndexByte(s.Path, '/')
	if i < 0 {
		return nil
	}
	return c.Find(s.Path[:i])
}

func (c *Component) entry(parent *Setting, name string) *Setting {
	children, skip := c.Children(parent), 0
	if parent != nil {
		skip = len(parent.Path) + len("/")
	}
	if i := search(len(children), func(i int) int { return compareFold(children[i].Path[skip:], name) }); i >= 0 {
		return &children[i]
	}
	for i := range children {
		for _, alias := range children[i].Aliases {
			if strings.EqualFold(alias, name) {
				return &children[i]
			}
		}
	}
	return nil
}

// ItemOf returns the item of a List, nil for anything else.
func (c *Component) ItemOf(list *Setting) *Setting {
	if list == nil || list.Kind != List {
		return nil
	}
	for i, children := 0, c.Children(list); i < len(children); i++ {
		if children[i].Kind == Item {
			return &children[i]
		}
	}
	return nil
}

// compareFold orders ASCII names without regard to case. Names of components
// and settings are ASCII; other bytes compare as they are.
func compareFold(a, b string) int {
	for i := 0; i < len(a) && i < len(b); i++ {
		if a[i] == b[i] {
			continue
		}
		if x, y := lower(a[i]), lower(b[i]); x != y {
			return int(x) - int(y)
		}
	}
	return len(a) - len(b)
}

func lower(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}
