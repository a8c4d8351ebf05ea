package schema

import (
	"fmt"
	"strings"
)

// summary says what the catalogue knows of the component as a whole.
func (c *Component) summary() string {
	var d sentences
	if len(c.Settings) > 0 {
		d.add("A component with " + count(len(c.Settings), "known setting"))
	} else {
		d.add("A component whose settings no page names any more")
	}
	d.add(passWords(c.Passes, false))
	if c.LaterPasses != 0 {
		d.add("No setting is known to take effect in " + andList(c.LaterPasses))
	}
	d.addState(c.State, c.Note, c.DeprecatedIn, c.RemovedIn, c.Doubt)
	if c.ReplacedBy != "" {
		d.add("Use " + c.ReplacedBy + " instead")
	}
	if c.Introduced != "" {
		d.add("Since " + c.Introduced)
	}
	if c.Opaque && len(c.Settings) > 0 {
		d.add("It may hold further settings whose names are not known")
	}
	d.add("Source: " + c.Source)
	return d.String()
}

// sentences is a text that grows by whole sentences.
type sentences struct{ text strings.Builder }

// add appends a sentence; an empty one is left out.
func (d *sentences) add(s string) {
	if s == "" {
		return
	}
	if d.text.Len() > 0 {
		d.text.WriteByte(' ')
	}
	d.text.WriteString(capital(s))
	if !strings.HasSuffix(s, ".") {
		d.text.WriteByte('.')
	}
}

func (d *sentences) String() string { return d.text.String() }

// capital makes the first letter upper-case, except that of a literal value.
func capital(s string) string {
	for _, literal := range []string{"true ", "false "} {
		if strings.HasPrefix(s, literal) {
			return s
		}
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func requiredWords(s *Setting) string {
	i := strings.LastIndexByte(s.Path, '/')
	if i < 0 {
		return "Required"
	}
	up := s.Path[:i]
	return "Required wherever " + up[strings.LastIndexByte(up, '/')+1:] + " stands"
}

func passWords(passes PassSet, inferred bool) string {
	if passes == 0 {
		return ""
	}
	word := "pass"
	if len(passes.List()) > 1 {
		word = "passes"
	}
	text := fmt.Sprintf("Valid in the %s %s", andList(passes), word)
	if inferred {
		text += ", as far as its surroundings tell"
	}
	return text
}

// andList lists passes with commas and a last "and".
func andList(passes PassSet) string {
	names := passes.String()
	if i := strings.LastIndex(names, ", "); i >= 0 {
		return names[:i] + " and " + names[i+2:]
	}
	return names
}

// addState tells the state and the note behind it: "Deprecated since Windows
// 11 21H2. Start uses another layout." A note that names the state itself
// stands alone.
func (d *sentences) addState(state State, note, deprecatedIn, removedIn string, doubt bool) {
	text := ""
	switch {
	case strings.HasPrefix(note, "deprecated"), strings.HasPrefix(note, "removed in"):
	case state == Undocumented:
		text = "Not in the published reference"
	case removedIn != "":
		text = "Not in " + removedIn + " and later"
	case state == Deprecated && deprecatedIn != "":
		text = "Deprecated since " + deprecatedIn
	case state == Deprecated:
		text = "Deprecated"
	}
	d.add(text)
	d.add(note)
	if doubt {
		d.add("Its name or its first and last release is not confirmed by a published page")
	}
}
