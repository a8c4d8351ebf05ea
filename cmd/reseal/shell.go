package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/urfave/cli/v2"
)

// shell is all that a command may touch of the world around it.
type shell struct {
	stdin    io.Reader
	stdout   io.Writer
	stderr   io.Writer
	env      func(string) (string, bool)
	now      func() time.Time
	terminal bool // stdout shows colours
	prompt   bool // somebody sits at stdin
}

func systemShell() *shell {
	return &shell{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, env: os.LookupEnv, now: time.Now,
		terminal: isTerminal(os.Stdout), prompt: isTerminal(os.Stdin),
	}
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// run carries out one command line and returns the exit code.
func (sh *shell) run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends what does not listen to the first
	return sh.runUntil(ctx, args)
}

// runUntil carries out one command line, or as much of it as is done when the
// context ends.
func (sh *shell) runUntil(ctx context.Context, args []string) int {
	sh.stdin = interruptible{ctx, sh.stdin}
	app := sh.app()
	args, err := arrange(app, askedForHelp(args))
	if err == nil {
		err = app.RunContext(ctx, args)
	}
	return sh.finish(interruptedToo(ctx, err))
}

// askedForHelp reads "help run" as "run --help", and "help" as "--help".
func askedForHelp(args []string) []string {
	if len(args) < 2 || args[1] != "help" {
		return args
	}
	return append(append(args[:1:1], args[2:]...), "--help")
}

// finish prints an error, unless the command has told all already, and finds
// the exit code; of several the highest counts.
func (sh *shell) finish(err error) int {
	if err == nil {
		return exitDone
	}
	for _, text := range messagesOf(err) {
		fmt.Fprintln(sh.stderr, "reseal:", text)
	}
	return codeOf(err)
}

func (sh *shell) app() *cli.App {
	app := &cli.App{
		Name:                 "reseal",
		Usage:                "check, compile and run the deployment intent of a Windows image",
		HideVersion:          true,
		HideHelpCommand:      true,
		EnableBashCompletion: true,
		Reader:               sh.stdin,
		Writer:               sh.stdout,
		ErrWriter:            sh.stderr,
		ExitErrHandler:       func(*cli.Context, error) {},
		OnUsageError:         usageError,
		// A reason is a sentence, and has commas.
		DisableSliceFlagSeparator: true,
		Action: func(c *cli.Context) error {
			return cli.ShowAppHelp(c)
		},
		Commands: []*cli.Command{
			sh.runCommand(), sh.validateCommand(), sh.compileCommand(), sh.decompileCommand(), sh.planCommand(),
			sh.diffCommand(), sh.fmtCommand(),
			sh.logsCommand(), sh.imageCommand(), sh.providersCommand(), sh.explainCommand(), sh.catalogCommand(), sh.rulesCommand(), sh.releasesCommand(),
			sh.schemaCommand(), sh.initCommand(), sh.versionCommand(), sh.completionCommand(),
		},
	}
	settle(app.Commands)
	return app
}

// settle gives commands and those below them what the library has no common
// place for.
func settle(commands []*cli.Command) {
	for _, command := range commands {
		command.HideHelpCommand = true // there is one, and it is ours
		command.OnUsageError = usageError
		settle(command.Subcommands)
	}
}

// usageError keeps the library from writing its help to standard output,
// which is for what a command makes, and speaks of flags as people type them.
func usageError(c *cli.Context, err error, _ bool) error {
	if name, ok := strings.CutPrefix(err.Error(), "flag provided but not defined: -"); ok {
		return usage("%s has no flag %s%s", c.Command.Name, dashed(name), nearFlag(c.Command, name))
	}
	if name, ok := strings.CutPrefix(err.Error(), "flag needs an argument: -"); ok {
		return usage("%s needs a value", dashed(name))
	}
	return usage("%s", strings.NewReplacer(" for flag -", " for --", " for -", " for --").Replace(err.Error()))
}

func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

func nearFlag(command *cli.Command, name string) string {
	if len(name) == 1 {
		return ""
	}
	var names []string
	for _, flag := range command.Flags {
		for _, n := range flag.Names() {
			names = append(names, dashed(n))
		}
	}
	return didYouMean(dashed(name), names)
}
