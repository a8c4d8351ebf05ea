package sysprep

import (
	"slices"
	"strconv"
	"strings"
)

// logon tells what the first logon behind OOBE starts, and whether Windows
// logs on by itself.
func (t *timeline) logon(b *Boot) {
	on := truth(t.oobe.value(shellComponent, "AutoLogon/Enabled"))
	if on && t.oobe.value(shellComponent, "AutoLogon/LogonCount") == "0" {
		t.note("nobody logs on by itself after OOBE: LogonCount is 0")
		on = false
	}
	commands := logonCommands(t.oobe)
	if !on && len(commands) == 0 {
		return
	}
	b.Logon = &Logon{Automatic: on, Commands: commands}
	if on {
		b.Logon.Account = t.oobe.value(shellComponent, "AutoLogon/Username")
		b.Logon.Times = t.logonTimes(or(b.Logon.Account, "the account of AutoLogon"), commands)
	}
	first := 0
	for _, c := range commands {
		if c.List == "FirstLogonCommands" {
			first++
		}
	}
	if first > 0 {
		t.note("the first logon starts %s of FirstLogonCommands", count(first, "command"))
	}
}

// logonTimes is how often Windows logs on by itself, 0 when no number is
// known: once more than LogonCount says, unless a command changes the count. A
// LogonCount of 0, which means never, does not come here.
//
// Source: microsoft-windows-shell-setup-autologon-logoncount in the unattended
// reference; https://github.com/cschneegans/unattend-generator/issues/229.
func (t *timeline) logonTimes(account string, commands []RunCommand) int {
	text := t.oobe.value(shellComponent, "AutoLogon/LogonCount")
	n, err := strconv.Atoi(text)
	switch {
	case slices.ContainsFunc(commands, func(c RunCommand) bool { return strings.Contains(strings.ToLower(c.Line), "autologoncount") }):
		t.note("after OOBE %s logs on by itself, as often as the command that sets AutoLogonCount says", account)
	case text == "":
		t.note("after OOBE %s logs on by itself; without LogonCount that may not happen, or go on for good", account)
	case err != nil || n < 1 || n > 1<<31-2:
		t.note("after OOBE %s logs on by itself; what Windows makes of LogonCount %s is not documented", account, text)
	default:
		t.note("after OOBE %s logs on by itself, %d times: LogonCount is %d, and Windows adds one", account, n+1, n)
		return n + 1
	}
	return 0
}
