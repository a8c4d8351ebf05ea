package sysprep

import (
	"strings"
	"time"
)

const (
	panther     = `C:\Windows\System32\Sysprep\Panther`
	actionFiles = `C:\Windows\System32\Sysprep\ActionFiles\`
	tagFile     = `C:\Windows\System32\Sysprep\Sysprep_succeeded.tag`
)

// logs writes what sysprep.exe would log of this run. As in a real run, the
// log ends with the first failure; the record has them all.
func (p *rehearsing) logs(start time.Time) (act, errs []byte) {
	l := newLogPair(start)
	l.info("", "========================================================")
	l.info("", "===          Beginning of a new sysprep run          ===")
	l.info("", "========================================================")
	for _, r := range p.results {
		if r.Step.Status == StatusSkipped {
			l.info("", "Reseal rehearsal: the check %s is %s", r.ID, r.Detail)
		}
	}
	l.info("[0x0f004d]", "The time is now %s", l.stamp)
	l.info("[0x0f004e]", "Initialized SysPrep log at %s", panther)
	if p.logVerify(l) && p.logStage(l, StageCleanup, false) && p.logGeneralizeChecks(l) {
		p.logActions(l)
	}
	l.info("[0x0f0052]", "Shutting down SysPrep log")
	l.info("[0x0f004d]", "The time is now %s", l.stamp)
	return l.act.Bytes(), l.err.Bytes()
}

func (p *rehearsing) logVerify(l *logPair) bool {
	for i := range p.results {
		r := &p.results[i]
		if r.Blocks() && r.trace.stage == "" {
			lines := []string{r.ID + ": " + r.Step.Detail}
			if r.trace.says != nil {
				lines = append(lines, r.trace.says(p.situation)...)
			}
			for _, line := range lines {
				l.add(logError, r.trace.id, "%s", line)
			}
			return false
		}
		if r.ID == "elevated" {
			l.info("[0x0f0054]", "ValidatePrivileges:User has required privileges to sysprep machine")
		}
		if r.ID == "pending-renames" && r.Step.Status == StatusWarning {
			l.add(logWarning, "", "WinMain: File operations pending")
		}
	}
	l.info("[0x0f007e]", "FCreateTagFile:Tag file %s does not already exist, no need to delete anything", tagFile)
	for _, name := range p.command.logNames() {
		l.info("[0x0f005f]", "ParseCommands:Found supported command line option '%s'", name)
	}
	if p.command.VM {
		l.info("[0x0f00b7]", "WinMain:Sysprep mode [vm]; was specified")
	}
	return true
}

func (p *rehearsing) logGeneralizeChecks(l *logPair) bool {
	return !p.command.Generalize || p.logStage(l, StageGeneralize, false)
}

// logActions writes the execution of the providers and the end of the run.
func (p *rehearsing) logActions(l *logPair) {
	if r := p.spoiling(); r != nil {
		l.info("", "Reseal rehearsal: %s; %s, as follows", nothingChanged, r.spoils())
	}
	if !p.logStage(l, StageCleanup, true) {
		return
	}
	if p.command.Generalize && !p.logStage(l, StageGeneralize, true) {
		return
	}
	l.info("", "FCreateTagFile:Successfully created tag file %s", tagFile)
}

// stageName tells how the log names a stage: its action file and its number.
func stageName(stage string) (file, phase string) {
	if stage == StageCleanup {
		return actionFiles + "Cleanup.xml", "3"
	}
	return actionFiles + "Generalize.xml", "1"
}

// logStage writes the pre-validation or the execution of one stage, up to the
// first check that fails in it.
func (p *rehearsing) logStage(l *logPair, stage string, execute bool) bool {
	file, phase := stageName(stage)
	verb, doing, id := "Validate", "validating", "[0x0f00d8]"
	if execute {
		verb, doing, id = "Execute", "executing", "[0x0f00a8]"
		l.info("", "WinMain:Processing '%s' internal provider request.", stage)
	} else {
		l.info("[0x0f00d7]", "WinMain:Pre-validing '%s' internal providers.", stage)
	}
	l.info("", "RunDlls:Running platform actions specified in action file for phase %s", phase)
	l.info("[0x0f00ba]", "SysprepSession::CreateSession: Successfully created instance with action file %s, and mode <null>", file)
	l.info("", "SysprepSession::%s: Beginning action execution from %s", verb, file)
	p.logSelection(l)
	r := p.failing(stage, execute)
	p.logProviders(l, stage, execute, r)
	if r == nil {
		if execute {
			p.logExternal(l, stage)
		}
		return true
	}
	p.logFailure(l, r)
	ret := dwRet(r.trace.code)
	l.add(logError, "", "SysprepSession::%s: Error in %s actions from %s; dwRet = %s", verb, doing, file, ret)
	l.add(logError, "[0x0f0070]", "RunDlls:An error occurred while running registry sysprep DLLs, halting sysprep execution. dwRet = %s", ret)
	if execute {
		l.add(logError, id, "WinMain:Hit failure while processing sysprep %s internal providers; hr = %s", stage, hresult(r.trace.code))
	} else {
		l.add(logError, id, "WinMain:Hit failure while pre-validate sysprep %s internal providers; hr = %s", stage, hresult(r.trace.code))
	}
	return false
}

func (p *rehearsing) logSelection(l *logPair) {
	mode := "<null>"
	if p.command.VM {
		mode = "vm"
	}
	l.info("", "SysprepSession::CreateXPathForSelection: Sysprep mode in registry is %s", mode)
	l.info("", "SysprepSession::CreateXPathForSelection: Processor architecture in registry is %s", registryArchitecture(p.machine.Architecture.Value))
}

// logProviders writes the order of a stage, then what each provider does, up
// to the one that fails.
func (p *rehearsing) logProviders(l *logPair, stage string, execute bool, failing *CheckResult) {
	providers := p.internal(stage)
	for _, b := range providers {
		l.info("", "    Name: %s, Order: %d", b.name, b.order)
	}
	for _, b := range providers {
		calls := b.validate
		if execute {
			calls = b.execute
		}
		for _, c := range calls {
			if failing != nil && failing.trace.method == c.method {
				return
			}
			l.info("", "ActionPlatform::LaunchModule: Executing method '%s' from %s", c.method, c.module)
			l.info("", "ActionPlatform::LaunchModule: Successfully executed '%s' from %s without error", c.method, c.module)
		}
		for _, does := range b.does {
			if execute {
				l.info("", "SysprepSession::ExecuteAction: %s: %s", b.name, does)
			}
		}
	}
}

// logExternal writes what the registered providers of a stage do, behind those
// of Windows.
func (p *rehearsing) logExternal(l *logPair, stage string) {
	section := strings.ToUpper(stage[:1]) + stage[1:]
	l.info("", "WinMain:Processing '%s' external provider request.", stage)
	l.info("[0x0f008a]", "RunRegistryDlls:Retrieving section name for this phase as %s", section)
	key := `SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\SysPrepExternal\` + section
	providers := p.external(stage)
	if len(providers) == 0 {
		l.add(logWarning, "[0x0f008f]", "RunRegistryDlls:Registry key is either empty or malformed: %s", key)
	}
	for _, e := range providers {
		c := e.execute[0]
		l.info("[0x0f008b]", "RunRegistryDlls:Found entrypoint in registry at %s; will try to launch '%s,%s'", key, c.module, c.method)
		l.info("", "LaunchDll:Successfully executed '%s,%s'", c.module, c.method)
	}
}

func (p *rehearsing) logFailure(l *logPair, r *CheckResult) {
	t := r.trace
	l.info("", "ActionPlatform::LaunchModule: Executing method '%s' from %s", t.method, t.module)
	lines := []string{r.Step.Detail}
	if t.says != nil {
		lines = t.says(p.situation)
	}
	for _, line := range lines {
		l.add(logError, "", "%s", line)
	}
	l.add(logError, "[0x0f0082]", "ActionPlatform::LaunchModule: Failure occurred while executing '%s' from %s; dwRet = %s", t.method, t.module, dwRet(t.code))
}

// failing is the first check that fails in a stage, nil when all pass.
func (p *rehearsing) failing(stage string, execute bool) *CheckResult {
	for i := range p.results {
		r := &p.results[i]
		if r.Blocks() && r.trace.stage == stage && r.trace.execute == execute {
			return r
		}
	}
	return nil
}
