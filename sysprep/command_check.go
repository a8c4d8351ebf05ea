package sysprep

import (
	"fmt"
	"strings"

	"github.com/reseal/reseal/internal/diag"
)

// Addresses that more than one fact comes from.
const (
	docBase      = "https://learn.microsoft.com/windows-hardware/manufacture/desktop/"
	docUnattend  = "https://learn.microsoft.com/windows-hardware/customize/desktop/unattend/"
	docCommand   = docBase + "sysprep-command-line-options"
	docOverview  = docBase + "sysprep--system-preparation--overview"
	docProcess   = docBase + "sysprep-process-overview"
	docPasses    = docBase + "how-configuration-passes-work"
	docStates    = docBase + "windows-setup-states"
	docReseal    = docUnattend + "microsoft-windows-deployment-reseal"
	docGenSet    = docUnattend + "microsoft-windows-deployment-generalize"
	docPersist   = docUnattend + "microsoft-windows-pnpsysprep-persistalldeviceinstalls"
	docProviders = "https://learn.microsoft.com/previous-versions/windows/it-pro/windows-7/ee676646(v=ws.10)"
	fieldReports = "field reports"
	seenInLogs   = "seen in logs of Sysprep"
)

// Check names the contradictions and the traps of a command. An error means
// that sysprep.exe cannot do what the command says; a warning, that the
// result is undocumented or surprising; an info is worth knowing.
func (c Command) Check() []Reason {
	var out []Reason
	add := func(s diag.Severity, source, format string, args ...any) {
		out = append(out, Reason{Severity: s, Text: fmt.Sprintf(format, args...), Source: source})
	}
	if len(c.Args()) == 0 {
		add(diag.Warning, seenInLogs, "without options sysprep.exe opens its window and waits for a person")
		return out
	}
	switch {
	case c.OOBE && c.Audit:
		add(diag.Error, docCommand, "/oobe and /audit exclude each other")
	case !c.OOBE && !c.Audit:
		add(diag.Warning, docCommand, "neither /oobe nor /audit is given, and no page says what the next boot then enters")
	}
	if power := c.powers(); len(power) > 1 {
		add(diag.Error, docCommand, "%s exclude each other", strings.Join(power, " and "))
	} else if len(power) == 0 {
		add(diag.Warning, fieldReports, "no /quit, /shutdown or /reboot is given, and it is not documented what happens at the end")
	}
	if !c.Quiet {
		add(diag.Warning, fieldReports, "without /quiet an error opens a dialog, and a run that nobody watches hangs for ever")
	}
	c.checkVM(add)
	c.checkUnattend(add)
	return out
}

func (c Command) powers() []string {
	var names []string
	for _, p := range []struct {
		on   bool
		name string
	}{{c.Quit, "/quit"}, {c.Shutdown, "/shutdown"}, {c.Reboot, "/reboot"}} {
		if p.on {
			names = append(names, p.name)
		}
	}
	return names
}

func (c Command) checkVM(add func(diag.Severity, string, string, ...any)) {
	if !c.VM {
		return
	}
	if !c.Generalize {
		add(diag.Warning, docCommand, "/mode:vm is documented only together with /generalize")
	}
	if c.Audit {
		add(diag.Warning, docCommand, "/mode:vm is documented only together with /oobe")
	}
	if c.Quiet || c.Unattend != "" {
		add(diag.Info, docCommand, "the page on /mode:vm allows only a power option beside it; /quiet and /unattend work in the field")
	}
}

func (c Command) checkUnattend(add func(diag.Severity, string, string, ...any)) {
	if strings.ContainsAny(c.Unattend, " \t") {
		add(diag.Warning, "https://github.com/cloudbase/cloudbase-init-installer", "the path of the answer file holds a blank, which sysprep.exe does not understand even in quotes")
	}
	if strings.ContainsAny(c.Unattend, "\"<>|?*\x00\r\n") {
		add(diag.Error, "the naming rules of Windows", "the path of the answer file holds a character that no file name may have")
	}
}
