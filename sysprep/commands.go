package sysprep

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// What WillReboot says of a command; a command without it never restarts.
const (
	always    = "always"
	onRequest = "on request"
)

// commandList is a list of commands in an answer file.
type commandList struct {
	component, list, item string
	line                  string // the setting that holds the command line
}

// The lists in the order in which they are shown. Whether Windows starts
// RunAsynchronous before RunSynchronous is not documented; it does not wait
// for them, so that they stand first.
var (
	passLists = []commandList{
		{setupComponent, "RunAsynchronous", "RunAsynchronousCommand", "Path"}, // of windowsPE; none of these restarts
		{setupComponent, "RunSynchronous", "RunSynchronousCommand", "Path"},
		{deploymentComponent, "RunAsynchronous", "RunAsynchronousCommand", "Path"},
		{deploymentComponent, "RunSynchronous", "RunSynchronousCommand", "Path"},
	}
	logonLists = []commandList{
		{shellComponent, "FirstLogonCommands", "SynchronousCommand", "CommandLine"},
		{shellComponent, "LogonCommands", "AsynchronousCommand", "CommandLine"},
	}
)

// passCommands are the commands that a pass itself starts, in order.
func passCommands(run PassRun) []RunCommand { return commandsIn(run, passLists) }

// logonCommands are those that wait for a logon.
func logonCommands(run PassRun) []RunCommand { return commandsIn(run, logonLists) }

func commandsIn(run PassRun, lists []commandList) []RunCommand {
	var out []RunCommand
	for _, l := range lists {
		out = append(out, l.commands(run)...)
	}
	return out
}

// commands reads the items of one list from what was applied, so that an item
// that Windows ignores is none, and sorts them by Order.
func (l commandList) commands(run PassRun) []RunCommand {
	var out []RunCommand
	for _, a := range run.Applied {
		item, field, ok := l.split(a)
		if !ok {
			continue
		}
		if len(out) == 0 || out[len(out)-1].item != item {
			out = append(out, RunCommand{List: l.list, At: a.At, component: a.Component, item: item})
		}
		l.read(&out[len(out)-1], field, a)
	}
	out = slices.DeleteFunc(out, func(c RunCommand) bool { return c.Line == "" })
	slices.SortStableFunc(out, func(a, b RunCommand) int { return cmp.Compare(a.Order, b.Order) })
	return out
}

// split takes "RunSynchronous/RunSynchronousCommand[2]/Path" apart.
func (l commandList) split(a Applied) (item, field string, ok bool) {
	parts := strings.Split(a.Setting, "/")
	if !strings.EqualFold(a.Component, l.component) || len(parts) != 3 || !strings.EqualFold(parts[0], l.list) {
		return "", "", false
	}
	name, _, numbered := strings.Cut(parts[1], "[")
	return parts[0] + "/" + parts[1], parts[2], numbered && strings.EqualFold(name, l.item)
}

func (l commandList) read(c *RunCommand, field string, a Applied) {
	switch {
	case strings.EqualFold(field, l.line):
		c.Line, c.At = a.Value, a.At
	case strings.EqualFold(field, "Order"):
		c.Order, _ = strconv.Atoi(strings.TrimSpace(a.Value))
	case strings.EqualFold(field, "Description"):
		c.Description = a.Value
	case strings.EqualFold(field, "WillReboot") && l.list == "RunSynchronous":
		switch {
		case strings.EqualFold(a.Value, "Always"):
			c.Reboot = always
		case strings.EqualFold(a.Value, "OnRequest"):
			c.Reboot = onRequest
		}
	}
}
