// Package templates holds the starter profiles. A template is one YAML file
// of this folder; its first comment line is its title.
package templates

import (
	"bytes"
	"embed"
	"io/fs"
	"strings"
)

//go:embed *.yaml
var files embed.FS

// Template is one starter profile.
type Template struct {
	Name  string // "golden-image"
	Title string // what it is for, one line
	Text  []byte
}

// All returns the templates sorted by name.
func All() []Template {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil
	}
	var all []Template
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			continue
		}
		all = append(all, Template{Name: strings.TrimSuffix(name, ".yaml"), Title: title(text), Text: text})
	}
	return all
}

// Find returns the template of that name.
func Find(name string) (Template, bool) {
	for _, t := range All() {
		if t.Name == name {
			return t, true
		}
	}
	return Template{}, false
}

// Names lists the templates.
func Names() []string {
	var names []string
	for _, t := range All() {
		names = append(names, t.Name)
	}
	return names
}

// title is the first comment that is no instruction to an editor.
func title(text []byte) string {
	for line := range bytes.Lines(text) {
		comment, ok := bytes.CutPrefix(line, []byte("# "))
		if ok && !bytes.HasPrefix(comment, []byte("yaml-language-server")) {
			return strings.TrimSpace(string(comment))
		}
	}
	return ""
}
