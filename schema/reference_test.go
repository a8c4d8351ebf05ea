package schema

import (
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
)

// The rows of testdata/reference*.tsv were made straight from the extracted
// facts, by a script that shares nothing with the catalogue or its generator.
// Their first line names the columns.
func referenceRows(t *testing.T, name string) [][]string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	var rows [][]string
	for _, line := range lines[1:] {
		rows = append(rows, strings.Split(line, "\t"))
	}
	return rows
}

func TestEveryRowOfTheReferenceEqualsTheCatalogue(t *testing.T) {
	rows := referenceRows(t, "reference.tsv")
	if len(rows) != 1117 {
		t.Fatalf("%d rows, want 1117", len(rows))
	}
	inReference := map[*Setting]bool{}
	for _, row := range rows {
		c := FindComponent(row[0])
		if c == nil || c.Name != row[0] {
			t.Errorf("no component %s", row[0])
			continue
		}
		s := c.Find(row[1])
		if s == nil || s.Path != row[1] {
			t.Errorf("%s has no %s", row[0], row[1])
			continue
		}
		inReference[s] = true
		if got, want := strings.Join(asRow(c, s), "\t"), strings.Join(row, "\t"); got != want {
			t.Errorf("catalogue and reference differ:\n got %s\nwant %s", got, want)
		}
		if s.Later {
			t.Errorf("%s %s has a row and is marked as later", c.Name, s.Path)
		}
	}
	for i := range Components() {
		for j := range Components()[i].Settings {
			checkLater(t, &Components()[i], &Components()[i].Settings[j], inReference)
		}
	}
}

// checkLater holds entries without a row to a later state and a source of
// their own.
func checkLater(t *testing.T, c *Component, s *Setting, inReference map[*Setting]bool) {
	t.Helper()
	if inReference[s] {
		return
	}
	if !s.Later || s.Source == "" || s.Source == pageOf(c, s) && !c.Later {
		t.Errorf("%s %s has no row, later %v, source %q", c.Name, s.Path, s.Later, s.Source)
	}
	if s.State == Documented && s.Introduced == "" {
		t.Errorf("%s %s has no row and is said to be documented in the reference", c.Name, s.Path)
	}
}

func pageOf(c *Component, s *Setting) string {
	return referencePages + strings.ToLower(c.Name+"-"+strings.ReplaceAll(s.Path, "/", "-"))
}

const referencePages = "https://learn.microsoft.com/windows-hardware/customize/desktop/unattend/"

func asRow(c *Component, s *Setting) []string {
	key := s.Key
	if s.KeyAttr {
		key = "@keyValue"
	}
	return []string{c.Name, s.Path, s.Kind.String(), s.Type.String(), passColumn(s.Passes), key,
		strings.Join(limitColumn(s), " "), strings.TrimPrefix(s.Source, referencePages)}
}

func passColumn(p PassSet) string { return strings.ReplaceAll(p.String(), ", ", ",") }

func limitColumn(s *Setting) []string {
	var out []string
	put := func(ok bool, name, value string) {
		if ok && value != "" {
			name += "=" + value
		}
		if ok {
			out = append(out, name)
		}
	}
	words := func(name string, values []string) { put(len(values) > 0, name, escapedList(values)) }
	words("values", s.Values)
	words("list", s.ListValues)
	words("known", s.KnownValues)
	put(s.Separator != "", "separator", escaped(s.Separator))
	words("special", s.SpecialValues)
	put(len(s.Bits) > 0, "bits", strings.ReplaceAll(numbers(s.Bits), ", ", ","))
	put(s.HasDefault, "default="+escaped(s.Default), "")
	put(s.HasMin, "min", strconv.FormatInt(s.Min, 10))
	put(s.HasMax, "max", strconv.FormatInt(s.Max, 10))
	put(s.SoftRange, "soft", "")
	put(s.MinLength > 0, "minlength", strconv.Itoa(s.MinLength))
	unit := map[bool]string{true: "b"}[s.LengthInBytes]
	put(s.MaxLength > 0, "maxlength", strconv.Itoa(s.MaxLength)+unit)
	put(s.ForbiddenChars != "", "nochars", escaped(s.ForbiddenChars))
	words("novalues", s.ForbiddenValues)
	put(s.IPPrefix, "prefix", "")
	words("order", s.ChildOrder)
	put(s.MaxItems > 0, "maxitems", strconv.Itoa(s.MaxItems))
	put(s.Required, "required", "")
	put(s.Empty != EmptyUnknown, "empty", map[Empty]string{EmptyAllowed: "yes", EmptyForbidden: "no"}[s.Empty])
	put(s.Sensitive, "sensitive", "")
	put(s.Text, "text", "")
	words("aliases", s.Aliases)
	put(deprecatedThen(s), "deprecated", escaped(s.Note))
	put(s.Introduced != "", "introduced", escaped(s.Introduced))
	put(s.Editions != "", "editions", escaped(s.Editions))
	put(s.Inferred, "inferred", "")
	return out
}

// deprecatedThen tells whether the reference of 2018 itself called the setting
// deprecated or removed.
func deprecatedThen(s *Setting) bool { return s.DeprecatedFor(nil) || s.State == Removed }

func escapedList(values []string) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = escaped(v)
	}
	return strings.Join(out, ",")
}

// escaped writes everything but letters, digits and -_./:* as %XX.
func escaped(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if alphanumeric(s[i:i+1]) || strings.IndexByte("-_./:*", s[i]) >= 0 {
			b.WriteByte(s[i])
			continue
		}
		fmt.Fprintf(&b, "%%%02X", s[i])
	}
	return b.String()
}

func TestEscapedIsReadBack(t *testing.T) {
	for _, s := range []string{" {|}~[\\]^':;<=>?@!\"#$%`()+/.,*&", "a b", ""} {
		if got, err := url.PathUnescape(escaped(s)); err != nil || got != s {
			t.Errorf("%q becomes %q: %v", s, got, err)
		}
	}
}

func TestEveryComponentOfTheReferenceEqualsTheCatalogue(t *testing.T) {
	rows := referenceRows(t, "reference_components.tsv")
	if len(rows) != 85 {
		t.Fatalf("%d rows, want 85", len(rows))
	}
	inReference := map[*Component]bool{}
	for _, row := range rows {
		c := FindComponent(row[0])
		if c == nil {
			t.Errorf("no component %s", row[0])
			continue
		}
		inReference[c] = true
		deprecated, introduced, documented := "", c.Introduced, "yes"
		if c.State == Deprecated || c.State == Removed {
			deprecated = c.Note
		}
		if c.Later { // known by name and passes only
			introduced, documented = "", "no"
		}
		got := []string{c.Name, passColumn(c.Passes &^ c.LaterPasses), deprecated, introduced, documented}
		if strings.Join(got, "\t") != strings.Join(row, "\t") {
			t.Errorf("catalogue and reference differ:\n got %q\nwant %q", got, row)
		}
	}
	for i := range Components() {
		c := &Components()[i]
		if !inReference[c] && (!c.Later || c.State != Removed || c.RemovedIn == "" || c.Source == "") {
			t.Errorf("%s is not in the reference: later %v, state %s, source %q", c.Name, c.Later, c.State, c.Source)
		}
	}
}

func TestReleasesNamedByTheCatalogueAreInTheTable(t *testing.T) {
	check := func(where string, names ...string) {
		for _, name := range names {
			if name != "" && ReleaseOf(name) == nil {
				t.Errorf("%s: no release %q", where, name)
			}
		}
	}
	for i := range Components() {
		c := &Components()[i]
		check(c.Name, c.Introduced, c.DeprecatedIn, c.RemovedIn)
		for j := range c.Settings {
			s := &c.Settings[j]
			check(c.Name+" "+s.Path, s.Introduced, s.DeprecatedIn, s.RemovedIn)
		}
	}
}
