package schema

import (
	"fmt"
	"strings"
)

// maxListed is how many children a description names.
const maxListed = 10

// Describe says in plain sentences what the catalogue knows of a setting: its
// form, values, limits, default, passes, state, editions and source. Editors
// show it, and explain prints it. With nil it describes the component itself.
func (c *Component) Describe(s *Setting) string {
	if s == nil {
		return c.summary()
	}
	var d sentences
	d.add(c.formWords(s))
	d.add(s.limitWords())
	switch {
	case s.HasDefault && s.Default == "":
		d.add("Default: an empty value")
	case s.HasDefault:
		d.add("Default: " + s.Default)
	}
	if s.Required {
		d.add(requiredWords(s))
	}
	switch {
	case s.Empty == EmptyAllowed:
		d.add("May be empty")
	case s.Empty == EmptyForbidden:
		d.add("Must not be empty")
	}
	if s.Sensitive {
		d.add("The value is a secret")
	}
	d.add(passWords(s.Passes, s.Inferred))
	d.addState(s.State, s.Note, s.DeprecatedIn, s.RemovedIn, s.Doubt)
	if s.ReplacedBy != "" {
		d.add("Use " + s.ReplacedBy + " instead")
	}
	if s.Introduced != "" {
		d.add("Since " + s.Introduced)
	}
	if s.Editions != "" {
		d.add("Limits: " + s.Editions)
	}
	if s.Opaque {
		d.add("It may hold further settings whose names are not known")
	}
	d.add("Source: " + s.Source)
	return d.String()
}

// formWords tells what the setting is and what stands in it.
func (c *Component) formWords(s *Setting) string {
	switch {
	case s.Type == KeyType:
		return "The wcm:keyValue attribute that tells the items apart, not a child element"
	case s.Kind == Group:
		return "A group of " + c.childWords(s)
	case s.Kind == List:
		item := c.ItemOf(s)
		return fmt.Sprintf("A list: any number of %s, %s", item.Name(), itemKeyWords(item, "their"))
	case s.Kind == Item && s.Text:
		return "A repeated element whose text is the value, " + itemKeyWords(s, "its") + ": it " + s.valueWords()
	case s.Kind == Item:
		return "A repeated element, " + itemKeyWords(s, "its") + ", with " + c.childWords(s)
	}
	return "It " + s.valueWords()
}

func itemKeyWords(item *Setting, whose string) string {
	switch {
	case item.KeyAttr:
		return "told apart by " + whose + " wcm:keyValue attribute"
	case item.Key != "":
		return "told apart by " + whose + " " + item.Key
	}
	return "which nothing tells apart but their place"
}

// childWords names the children: "3 settings (Domain, Name, Password)".
func (c *Component) childWords(s *Setting) string {
	var names []string
	for i, children := 0, c.Children(s); i < len(children); i++ {
		if children[i].Type != KeyType {
			names = append(names, children[i].Name())
		}
	}
	if len(names) == 0 {
		return "settings that no page names"
	}
	words := count(len(names), "setting") + " ("
	if len(names) > maxListed {
		return words + strings.Join(names[:maxListed], ", ") + " …)"
	}
	return words + strings.Join(names, ", ") + ")"
}

// valueWords tells what a value must be.
func (s *Setting) valueWords() string {
	words := s.wanted()
	switch {
	case len(s.ListValues) > 0:
		words = "must be " + s.choice(s.ListValues)
	case s.Separator != "":
		words += `, several with "` + s.Separator + `" between them`
	}
	if s.rangeWords() != "" {
		words += " " + s.rangeWords()
		if s.SoftRange {
			words += " (usual, not enforced)"
		}
	}
	if len(s.Bits) > 0 {
		words += ", a sum of " + numbers(s.Bits)
	}
	return words
}

// limitWords tells the limits of the text of a value.
func (s *Setting) limitWords() string {
	var words []string
	unit := "character"
	if s.LengthInBytes {
		unit = "byte"
	}
	switch {
	case s.MinLength > 0 && s.MinLength == s.MaxLength:
		words = append(words, "exactly "+count(s.MaxLength, unit))
	case s.MinLength > 0:
		words = append(words, "at least "+count(s.MinLength, unit))
		fallthrough
	case s.MaxLength > 0:
		words = append(words, "at most "+count(s.MaxLength, unit))
	}
	if s.ForbiddenChars != "" {
		words = append(words, "none of "+spelled(s.ForbiddenChars))
	}
	if len(s.ForbiddenValues) > 0 {
		words = append(words, "not "+AnyOf(s.ForbiddenValues))
	}
	if len(s.SpecialValues) > 0 && !s.HasMin && !s.HasMax {
		words = append(words, AnyOf(s.SpecialValues)+" has a meaning of its own")
	}
	if len(s.KnownValues) > 0 {
		words = append(words, "well known are "+strings.Join(s.KnownValues, ", "))
	}
	if s.MaxItems > 0 {
		words = append(words, fmt.Sprintf("Windows takes the first %d", s.MaxItems))
	}
	return strings.Join(words, "; ")
}

// spelled puts blanks between characters and names the blank.
func spelled(chars string) string {
	var out []string
	for _, c := range chars {
		if c == ' ' {
			out = append(out, "blank")
			continue
		}
		out = append(out, string(c))
	}
	return strings.Join(out, " ")
}
