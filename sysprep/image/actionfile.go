package image

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/reseal/reseal/sysprep"
)

// Action is one entry of an action file: a component with what Sysprep does
// for it.
type Action struct {
	sysprep.ActionProvider
	Architecture string // amd64, wow64, x86
	Exclude      string // modes in which it is passed over; nobody has seen any
}

// runsOn tells whether a Windows of that architecture runs the entry; "" is one
// that is not known, and no Windows runs those for its 32-bit half.
func (a Action) runsOn(architecture string) bool {
	return a.Architecture == "" || strings.EqualFold(a.Architecture, architecture) || architecture == "" && !strings.EqualFold(a.Architecture, "wow64")
}

// Limits of action files. Real ones have about 100 KB and 200 entries.
const (
	largestActions = 8 << 20
	deepestActions = 32
)

// ReadActions reads an action file such as Generalize.xml for a stage. What
// the grammar does not name is passed over. The entries come in the order in
// which they run; those of equal order as they stand.
//
// Source: action files published at github.com/operepo/sysprep_scripts.
func ReadActions(name, stage string, text []byte) ([]Action, error) {
	r := actionReader{name: name, stage: stage}
	if len(text) > largestActions {
		return nil, r.damaged("it has %d bytes; at most %d are read", len(text), largestActions)
	}
	if len(text) > 1 && text[0] == 0xff && text[1] == 0xfe {
		text = []byte(decodeUTF16(text[2:]))
	}
	d := xml.NewDecoder(bytes.NewReader(text))
	d.CharsetReader = func(_ string, text io.Reader) (io.Reader, error) { return text, nil }
	for {
		token, err := d.Token()
		if err == io.EOF && r.depth == 0 && r.rooted {
			break
		}
		if err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return nil, r.damaged("line %d: %v", 1+bytes.Count(text[:d.InputOffset()], []byte("\n")), err)
		}
		if err := r.token(token); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(r.out, func(a, b Action) int { return cmp.Compare(a.Order, b.Order) })
	return r.out, nil
}

type actionReader struct {
	name, stage string
	out         []Action
	now         *Action // the entry that is being read
	depth       int
	rooted      bool
}

func (r *actionReader) damaged(format string, args ...any) error {
	return fmt.Errorf("%s is %w: %s", r.name, ErrDamaged, fmt.Sprintf(format, args...))
}

func (r *actionReader) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		r.depth++
		if r.depth > deepestActions {
			return r.damaged("its elements are more than %d deep", deepestActions)
		}
		return r.start(t)
	case xml.EndElement:
		r.depth--
		if r.depth == 1 && r.now != nil {
			r.out = append(r.out, *r.now)
			r.now = nil
		}
	}
	return nil
}

func (r *actionReader) start(t xml.StartElement) error {
	if r.depth == 1 {
		r.rooted = true
		if t.Name.Local != "sysprepInformation" {
			return r.damaged("its root is %s instead of sysprepInformation", t.Name.Local)
		}
		return nil
	}
	if r.depth == 2 {
		if t.Name.Local == "imaging" {
			r.now = &Action{ActionProvider: sysprep.ActionProvider{Stage: r.stage}, Exclude: attr(t, "exclude")}
		}
		return nil
	}
	if r.now != nil {
		return r.entry(t)
	}
	return nil
}

// entry reads one element inside of imaging.
func (r *actionReader) entry(t xml.StartElement) error {
	switch t.Name.Local {
	case "assemblyIdentity":
		r.now.Name, r.now.Architecture = attr(t, "name"), attr(t, "processorArchitecture")
	case "sysprepOrder":
		order, err := strconv.ParseUint(attr(t, "order"), 0, 31)
		if err != nil {
			return r.damaged("the order %q of %s is no number", attr(t, "order"), r.now.Name)
		}
		r.now.Order = int(order)
	case "sysprepValidate":
		r.now.Validate = append(r.now.Validate, called(t))
	case "sysprepModule":
		r.now.Execute = append(r.now.Execute, called(t))
	default:
		if does := deed(t); does != "" {
			r.now.Does = append(r.now.Does, does)
		}
	}
	return nil
}

// called names a function of a DLL; System32 is where a bare name is looked
// for, whichever way the file writes it.
func called(t xml.StartElement) string {
	module := expand(attr(t, "moduleName"))
	if rest, ok := cutFold(module, `%WINDIR%\System32\`); ok {
		module = rest
	}
	return module + "!" + attr(t, "methodName")
}

// expand writes the two variables that action files use as everybody knows
// them.
func expand(path string) string {
	for _, v := range [...][2]string{{`$(runtime.system32)`, `%WINDIR%\System32`}, {`$(runtime.windows)`, `%WINDIR%`}} {
		if rest, ok := cutFold(path, v[0]); ok {
			return v[1] + rest
		}
	}
	return path
}

// deed says what an element makes Sysprep do by itself, "" for one that only
// groups others.
func deed(t xml.StartElement) string {
	path := expand(shortRoot(attr(t, "path")))
	switch t.Name.Local {
	case "deleteKey":
		return "delete key " + path
	case "deleteValue":
		return "delete value " + path + `\` + attr(t, "name")
	case "setValue":
		return "set value " + path + `\` + attr(t, "name") + "=" + attr(t, "value")
	case "deleteFile":
		return "delete file " + path
	case "deleteDirectory":
		return "delete folder " + path
	}
	return ""
}

func shortRoot(path string) string {
	for _, root := range [...][2]string{{"HKEY_LOCAL_MACHINE", "HKLM"}, {"HKEY_CURRENT_USER", "HKCU"}, {"HKEY_USERS", "HKU"}} {
		if rest, ok := cutFold(path, root[0]); ok {
			return root[1] + rest
		}
	}
	return path
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
