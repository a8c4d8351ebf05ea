package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/sysprep"
)

// checked is one provider with what is wrong with it, as JSON shows it.
type checked struct {
	Stage    string        `json:"stage,omitempty"`
	Name     string        `json:"name,omitempty"`
	Library  string        `json:"library"`
	Function string        `json:"function"`
	Problems []problemJSON `json:"problems"`
}

type problemJSON struct {
	Check    string `json:"check"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	Fix      string `json:"fix"`
}

func checkedOf(p sysprep.ExternalProvider, troubles []sysprep.Trouble) checked {
	c := checked{Stage: p.Stage, Name: p.Name, Library: p.Library, Function: p.Function, Problems: []problemJSON{}}
	for _, t := range troubles {
		c.Problems = append(c.Problems, problemJSON{t.Check, t.Severity.String(), t.Text, t.Remedy})
	}
	return c
}

func (c checked) broken() bool {
	return slices.ContainsFunc(c.Problems, func(p problemJSON) bool { return p.Severity == diag.Error.String() })
}

func (sh *shell) checkProviders(c *cli.Context) error {
	format, arch := c.String("format"), c.String("architecture")
	if err := oneOf("format", format, []string{"text", "json"}); err != nil {
		return err
	}
	if arch != "" {
		if err := oneOf("architecture", arch, schema.Architectures()); err != nil {
			return err
		}
	}
	var list []checked
	var err error
	switch c.NArg() {
	case 0:
		list, err = registeredHere(arch)
	case 2:
		list, err = libraryFile(c.Args().Get(0), c.Args().Get(1), arch)
	default:
		return usage("check takes a DLL and the name of its function, or nothing for what is registered on this Windows")
	}
	if err != nil {
		return err
	}
	return errors.Join(sh.showProviders(list, format), silent(verdictOfProviders(list)))
}

func verdictOfProviders(list []checked) int {
	if slices.ContainsFunc(list, checked.broken) {
		return exitFindings
	}
	return exitDone
}

// libraryFile checks a DLL wherever it lies; where it will be installed is not
// known here.
func libraryFile(path, function, architecture string) ([]checked, error) {
	if strings.TrimSpace(function) == "" {
		return nil, usage("check takes the name of a function; the one given is empty")
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fileError(plain(err))
	}
	if !info.Mode().IsRegular() { // to open a pipe would wait for a writer
		return nil, fileError(fmt.Errorf("%s is no file", path))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fileError(plain(err))
	}
	defer f.Close()
	p := sysprep.ExternalProvider{Library: shown(path), Function: function}
	l, err := sysprep.ReadLibrary(f)
	if err != nil {
		return []checked{checkedOf(p, []sysprep.Trouble{sysprep.NoLibrary(err)})}, nil
	}
	return []checked{checkedOf(p, sysprep.CheckLibrary(l, function, architecture))}, nil
}

// registeredHere checks all that is registered on this Windows.
func registeredHere(architecture string) ([]checked, error) {
	windows, root, err := thisWindows()
	if err != nil {
		return nil, err
	}
	if architecture == "" {
		architecture = windows.Architecture()
	}
	all, err := sysprep.RegisteredProviders(windows)
	if err != nil {
		return nil, fileError(err)
	}
	list := []checked{}
	for _, p := range all {
		troubles, err := sysprep.CheckRegistered(windows, p, root, architecture)
		if err != nil {
			return nil, fileError(plain(err))
		}
		list = append(list, checkedOf(p, troubles))
	}
	return list, nil
}

func (sh *shell) showProviders(list []checked, format string) error {
	if format == "json" {
		enc := json.NewEncoder(sh.stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return written(enc.Encode(struct {
			Schema    string    `json:"schema"`
			Providers []checked `json:"providers"`
		}{"reseal/providers/v1", list}))
	}
	var b strings.Builder
	for _, c := range list {
		c.write(&b)
	}
	if len(list) == 0 {
		b.WriteString("no providers are registered\n")
	}
	_, err := fmt.Fprint(sh.stdout, b.String())
	return written(err)
}

// write is the account of one provider: a line for it, and two for each
// problem.
func (c checked) write(b *strings.Builder) {
	b.WriteString(source.OneLine(c.Library + "," + c.Function))
	if c.Stage != "" {
		b.WriteString(source.OneLine(fmt.Sprintf(" (%s, %s)", c.Stage, c.Name)))
	}
	if len(c.Problems) == 0 {
		b.WriteString(": ok")
	}
	b.WriteString("\n")
	for _, p := range c.Problems {
		fmt.Fprintf(b, "  %s: %s [%s]\n    fix: %s\n", p.Severity, p.Message, p.Check, p.Fix)
	}
}
