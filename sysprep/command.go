package sysprep

import (
	"strings"

	"github.com/reseal/reseal/schema"
)

// Program is where sysprep.exe stands in a running Windows.
const Program = `C:\Windows\System32\Sysprep\sysprep.exe`

// Command is one call of sysprep.exe. It can hold contradictions, such as
// OOBE and Audit at once, so that Check can name them.
type Command struct {
	Program    string // path of sysprep.exe; "" = the constant Program
	Generalize bool   // remove what belongs to this machine
	OOBE       bool   // the next boot enters OOBE
	Audit      bool   // the next boot enters audit mode
	VM         bool   // /mode:vm
	Quiet      bool   // no dialogs
	Reboot     bool
	Shutdown   bool
	Quit       bool
	Unattend   string // path of the answer file, "" = none
}

// CommandOf is the call that Reseal makes for an invocation. It always is
// quiet, because a dialog that nobody can close blocks the run for ever, and
// always quits, because the power action waits until success is proved.
func CommandOf(inv schema.Invocation, unattendPath string) Command {
	return Command{
		Generalize: inv.Generalize,
		OOBE:       inv.Mode == "oobe",
		Audit:      inv.Mode == "audit",
		VM:         inv.VM,
		Quiet:      true,
		Quit:       true,
		Unattend:   unattendPath,
	}
}

// Mode is what the next boot enters: "oobe" or "audit", "" when the command
// names neither or both.
func (c Command) Mode() string {
	switch {
	case c.OOBE && !c.Audit:
		return "oobe"
	case c.Audit && !c.OOBE:
		return "audit"
	}
	return ""
}

// Path is the program that the command starts.
func (c Command) Path() string {
	if c.Program == "" {
		return Program
	}
	return c.Program
}

// Args are the arguments in canonical order and spelling, without the program
// and without quoting.
func (c Command) Args() []string {
	var args []string
	for _, o := range options {
		if o.flag != nil && *o.flag(&c) {
			args = append(args, o.text)
		}
	}
	if c.Unattend != "" {
		args = append(args, "/unattend:"+c.Unattend)
	}
	return args
}

// String is the command line in canonical form, quoted by the rules of
// Windows: C:\Windows\System32\Sysprep\sysprep.exe /generalize /oobe /quiet
// /quit /unattend:PATH.
func (c Command) String() string {
	parts := []string{quoteProgram(c.Path())}
	for _, arg := range c.Args() {
		parts = append(parts, quoteArg(arg))
	}
	return strings.Join(parts, " ")
}

// option is one option without a value. flag leads to its place in a Command;
// nil marks a word that is known and refused, with the reason in refuse.
type option struct {
	name   string // folded, without the slash
	text   string // canonical spelling
	log    string // how the log of Sysprep names it
	flag   func(*Command) *bool
	refuse string
	source string
}

// options lists the options in canonical order.
var options = [...]option{
	{name: "generalize", text: "/generalize", log: "GENERALIZE", flag: func(c *Command) *bool { return &c.Generalize }},
	{name: "oobe", text: "/oobe", log: "OOBE", flag: func(c *Command) *bool { return &c.OOBE }},
	{name: "audit", text: "/audit", log: "AUDIT", flag: func(c *Command) *bool { return &c.Audit }},
	{name: "mode:vm", text: "/mode:vm", log: "MODE", flag: func(c *Command) *bool { return &c.VM }},
	{name: "quiet", text: "/quiet", log: "QUIET", flag: func(c *Command) *bool { return &c.Quiet }},
	{name: "reboot", text: "/reboot", log: "REBOOT", flag: func(c *Command) *bool { return &c.Reboot }},
	{name: "shutdown", text: "/shutdown", log: "SHUTDOWN", flag: func(c *Command) *bool { return &c.Shutdown }},
	{name: "quit", text: "/quit", log: "QUIT", flag: func(c *Command) *bool { return &c.Quit }},
	{name: "exit", refuse: "/exit is no option of sysprep.exe; write /quit", source: docCommand},
	{name: "respecialize", refuse: "/respecialize is for Windows itself and is not supported for users", source: "seen in the registry of Windows installations"},
}

func findOption(name string) *option {
	for i := range options {
		if strings.EqualFold(options[i].name, name) {
			return &options[i]
		}
	}
	return nil
}

// logNames are the options as the log names them, in canonical order.
func (c Command) logNames() []string {
	var names []string
	for _, o := range options {
		if o.flag != nil && *o.flag(&c) {
			names = append(names, o.log)
		}
	}
	if c.Unattend != "" {
		names = append(names, "UNATTEND")
	}
	return names
}
