package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// valid tells the first thing in a component file that the catalogue could
// not work with.
func (c *componentEntry) valid() error {
	if len(c.Passes) == 0 || !knownPasses(c.Passes) {
		return fmt.Errorf("passes: %v", c.Passes)
	}
	if !subset(c.LaterPasses, c.Passes) {
		return fmt.Errorf("laterPasses %v are not among the passes %v", c.LaterPasses, c.Passes)
	}
	if err := c.history.valid(); err != nil {
		return err
	}
	if len(c.Settings) == 0 && !c.Opaque {
		return errors.New("no settings: mark the component opaque when their names are not known")
	}
	names := map[string]string{}
	for _, path := range sortedPaths(c.Settings) {
		s := c.Settings[path]
		if s == nil {
			return fmt.Errorf("%s: nothing stands behind the path", path)
		}
		folded := strings.ToLower(path)
		if names[folded] != "" {
			return fmt.Errorf("%s: stands twice, as %s", path, names[folded])
		}
		names[folded] = path
		if err := errors.Join(s.valid(), s.validAt(c, path)); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}

func (h history) valid() error {
	if _, ok := stateNames[h.State]; !ok {
		return fmt.Errorf("state %q", h.State)
	}
	if h.State == "removed" && h.RemovedIn == "" {
		return errors.New("state removed without removedIn")
	}
	if h.DeprecatedIn != "" && h.State != "deprecated" {
		return errors.New("deprecatedIn without state deprecated")
	}
	if h.State == "deprecated" && h.Note == "" {
		return errors.New("state deprecated without a note that says why")
	}
	return nil
}

// valid checks a setting by itself.
func (s *settingEntry) valid() error {
	if err := s.history.valid(); err != nil {
		return err
	}
	if kindNames[s.Kind] == "" {
		return fmt.Errorf("kind %q", s.Kind)
	}
	if _, ok := typeNames[s.Type]; !ok {
		return fmt.Errorf("type %q", s.Type)
	}
	if _, ok := emptyNames[s.Empty]; !ok {
		return fmt.Errorf("empty %q", s.Empty)
	}
	if hasValue := s.Kind == "scalar" || s.Text; hasValue != (s.Type != "") {
		return fmt.Errorf("kind %s with type %q: scalars and items with text have a type, nothing else has", s.Kind, s.Type)
	}
	if (s.Type == "enum") != (len(s.Values) > 0) {
		return errors.New("an enum has values, and only an enum has them")
	}
	if s.Page != "" && s.Source != "" {
		return errors.New("page and source exclude each other")
	}
	if s.Later && s.Source == "" {
		return errors.New("an entry that the reference lacks needs a source")
	}
	return nil
}

// validAt checks a setting among its relatives.
func (s *settingEntry) validAt(c *componentEntry, path string) error {
	if !knownPasses(s.Passes) || !subset(s.Passes, c.Passes) {
		return fmt.Errorf("passes %v are not among the component's", s.Passes)
	}
	if up := parentPath(path); up != "" {
		parent := c.Settings[up]
		if parent == nil {
			return fmt.Errorf("its parent %s has no entry", up)
		}
		if parent.Kind == "scalar" || (s.Type == "key") && !parent.KeyAttr || parent.Text && s.Type != "key" {
			return fmt.Errorf("cannot stand below the %s %s", parent.Kind, up)
		}
	}
	if s.Key != "" && c.Settings[path+"/"+s.Key] == nil {
		return fmt.Errorf("key %q is no child of it", s.Key)
	}
	if s.Kind == "list" && itemsBelow(c, path) != 1 {
		return errors.New("a list has exactly one child, its item; use group for anything else")
	}
	return nil
}

// itemsBelow counts the items directly below a path; any other child makes it
// negative.
func itemsBelow(c *componentEntry, path string) int {
	n := 0
	for below, s := range c.Settings {
		if parentPath(below) != path {
			continue
		}
		if s == nil || s.Kind != "item" {
			return -1
		}
		n++
	}
	return n
}

func knownPasses(passes []string) bool { return len(passes) > 0 && subset(passes, passOrder) }

func subset(some, all []string) bool {
	return !slices.ContainsFunc(some, func(s string) bool { return !slices.Contains(all, s) })
}
