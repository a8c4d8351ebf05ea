package main

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal/sysprep"
	"github.com/reseal/reseal/sysprep/image"
)

func (sh *shell) imageProvidersCommand() *cli.Command {
	return &cli.Command{
		Name: "providers", Usage: "list the Sysprep providers of an image in their order", ArgsUsage: "[PATH]",
		Description: "Internal ones are in the action files of Windows 8 and later, in the registry before; external ones are in the registry.",
		Flags:       imageFlags(),
		Action: withImage(func(c *cli.Context, path string, i *image.Image) error {
			list, problems := providersOf(i)
			return sh.showImage(c, providersDocument(path, list, problems), providersText(path, list), problems)
		}),
	}
}

// providerLists are the providers of an image by where they are listed.
type providerLists struct {
	internal []image.Action
	old      []sysprep.ExternalProvider // internal ones of Windows 7 and older
	external []sysprep.ExternalProvider
}

func providersOf(i *image.Image) (providerLists, []error) {
	var l providerLists
	var problems []error
	var more []error
	l.internal, problems = i.Actions()
	l.old, more = i.OldInternal()
	seen := map[string]bool{}
	for _, err := range problems {
		seen[err.Error()] = true
	}
	add := func(errs []error) {
		for _, err := range errs {
			if !seen[err.Error()] {
				seen[err.Error()] = true
				problems = append(problems, err)
			}
		}
	}
	add(more)
	l.external, more = i.External()
	add(more)
	return l, problems
}

func providersText(path string, l providerLists) string {
	var b lines
	if len(l.internal)+len(l.old)+len(l.external) == 0 {
		b.say("%s: neither action files nor registered providers", shownPath(path))
	}
	for _, stage := range sysprep.Stages() {
		for _, a := range l.internal {
			if a.Stage != stage {
				continue
			}
			b.say("%-10s %-6s %s%s", stage, orderText(a), a.Name, excludeNote(a))
			for _, v := range a.Validate {
				b.say("%18s validate %s", "", v)
			}
			for _, e := range append(append([]string(nil), a.Execute...), a.Does...) {
				b.say("%18s %s", "", e)
			}
		}
		for _, p := range l.old {
			if p.Stage == stage {
				b.say("%-10s        %s", stage, p.Launch())
			}
		}
		for _, p := range l.external {
			if p.Stage == stage {
				b.say("%-10s ext    %s %s%s", stage, p.Name, p.Launch(), libraryNote(p))
			}
		}
	}
	return b.String()
}

// orderText is blank for an entry without a number, whose turn is not known.
func orderText(a image.Action) string {
	if a.Order == 0 {
		return ""
	}
	return fmt.Sprintf("0x%04X", a.Order)
}

func excludeNote(a image.Action) string {
	if a.Exclude == "" {
		return ""
	}
	return " (exclude: " + a.Exclude + ")"
}

// libraryNote tells of the library of a provider.
func libraryNote(p sysprep.ExternalProvider) string {
	switch {
	case p.Missing:
		return " (missing: no such library, or it does not export the function)"
	case p.Architecture != "":
		return " (" + p.Architecture + ")"
	}
	return ""
}
