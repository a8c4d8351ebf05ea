package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal/sysprep"
)

func (sh *shell) providersCommand() *cli.Command {
	return &cli.Command{
		Name:  "providers",
		Usage: "register, unregister and check Sysprep providers of other makers",
		Description: "A provider is a function of a DLL that Sysprep calls in one of its stages: cleanup (in every run), " +
			"generalize, specialize (in the first boot of a generalized image).",
		Subcommands: []*cli.Command{
			{
				Name: "register", Usage: "register a provider on this Windows, once its DLL has passed the check",
				ArgsUsage: "STAGE FILE.dll FUNCTION",
				Flags:     []cli.Flag{&cli.StringFlag{Name: "name", Usage: "`NAME` of the registry value; without it a GUID made from the provider"}},
				Action:    sh.registerProvider,
			},
			{
				Name: "unregister", Usage: "remove a registered provider from this Windows",
				ArgsUsage: "STAGE NAME|FILE.dll|FILE.dll,FUNCTION",
				Action:    sh.unregisterProvider,
			},
			{
				Name: "check", Usage: "check a DLL on any system, or what is registered on this Windows",
				ArgsUsage: "[FILE.dll FUNCTION]",
				Flags: []cli.Flag{
					&cli.StringFlag{Name: "architecture", Aliases: []string{"arch"}, Usage: "of the Windows that is to load the DLL: amd64, arm64 or x86"},
					&cli.StringFlag{Name: "format", Value: "text", Usage: "text or json"},
				},
				Action: sh.checkProviders,
			},
		},
	}
}

func (sh *shell) registerProvider(c *cli.Context) error {
	if c.NArg() != 3 {
		return usage("register takes a stage, the path of a DLL and the name of its function")
	}
	p := sysprep.ExternalProvider{Stage: c.Args().Get(0), Library: c.Args().Get(1), Function: c.Args().Get(2), Name: c.String("name")}
	if err := knownStage(p.Stage); err != nil {
		return err
	}
	windows, root, err := thisWindows()
	if err != nil {
		return err
	}
	troubles, err := sysprep.CheckRegistered(windows, p, root, windows.Architecture())
	if err != nil {
		return fileError(plain(err))
	}
	list := []checked{checkedOf(p, troubles)}
	if len(troubles) > 0 {
		if err := sh.showProviders(list, "text"); err != nil {
			return err
		}
	}
	if code := verdictOfProviders(list); code != exitDone {
		return &exitError{code, errors.New("nothing was registered")}
	}
	p, fresh, err := sysprep.RegisterProvider(windows, windows, p)
	switch {
	case errors.Is(err, sysprep.ErrNameTaken):
		return &exitError{exitFindings, err}
	case err != nil:
		return fileError(err)
	}
	word := "registered"
	if !fresh {
		word = "was registered before"
	}
	_, err = fmt.Fprintf(sh.stdout, "%s for %s: %s as %s\n", word, p.Stage, p.Launch(), p.Name)
	return written(err)
}

func (sh *shell) unregisterProvider(c *cli.Context) error {
	if c.NArg() != 2 {
		return usage("unregister takes a stage and the name, the DLL or DLL,FUNCTION of a provider")
	}
	stage := c.Args().Get(0)
	if err := knownStage(stage); err != nil {
		return err
	}
	windows, _, err := thisWindows()
	if err != nil {
		return err
	}
	p, err := sysprep.UnregisterProvider(windows, windows, stage, c.Args().Get(1))
	switch {
	case errors.Is(err, sysprep.ErrNotRegistered), errors.Is(err, sysprep.ErrSeveral):
		return &exitError{exitFindings, err}
	case err != nil:
		return fileError(err)
	}
	_, err = fmt.Fprintf(sh.stdout, "unregistered for %s: %s\n", stage, p.Name)
	return written(err)
}

func knownStage(word string) error {
	if slices.Contains(sysprep.Stages(), word) {
		return nil
	}
	return usage("%q is no stage%s; the stages are %s", word, didYouMean(word, sysprep.Stages()), strings.Join(sysprep.Stages(), ", "))
}

// thisWindows is the Windows that runs, and its folder.
func thisWindows() (w sysprep.Windows, root string, err error) {
	w, err = sysprep.NativeWindows()
	if err != nil {
		return nil, "", usage("providers are registered on a Windows, and this is none; check FILE.dll FUNCTION works everywhere")
	}
	if root, err = w.SystemRoot(); err != nil {
		return nil, "", fileError(err)
	}
	return w, root, nil
}
