package sysprep

import (
	"cmp"
	"fmt"
)

// proof is one sign that the run has succeeded. The exit code is none: it is
// undocumented, and 0 was seen after failures.
type proof struct {
	name     string
	ok       bool
	required bool // without it the run has failed; else it is a warning
	text     string
	remedy   string
	source   string
}

// proofs lists all signs in the order in which a person would look.
func (d *drive) proofs() []proof {
	run := d.log.run()
	want := ResealedState(d.command.Mode(), d.command.Generalize)
	out := []proof{
		{name: "image-state", required: true, ok: d.resealed(), source: docStates,
			text: fmt.Sprintf("the image state is %s, and success leaves %s", d.now.shown(), want)},
		{name: "no-failure-in-log", required: true, ok: !d.log.failed() && d.logErr == nil, source: cmp.Or(run.Source, seenInLogs),
			text: d.failure(), remedy: d.secrets.hide(run.Fix)},
		{name: "log-closed", required: true, ok: d.log.scanner.Ended(), source: seenInLogs,
			text: "the log has no closing lines of this run, so the run is not known to be complete: " + d.logPath()},
		{name: "boot-armed", required: d.command.Generalize, ok: d.now.armed(), source: "seen in registries of Windows installations",
			text: fmt.Sprintf(`the next boot does not continue Setup: HKEY_LOCAL_MACHINE\%s has SetupType %d and CmdLine %q`, keySetup, d.now.setupType, d.now.setupCommand)},
	}
	if d.logErr != nil {
		out[1].remedy, out[1].text = "", "the log cannot be read: "+d.logErr.Error()
	}
	if d.statusErr != nil {
		out[0].text = d.statusErr.Error()
	}
	fresh, err := d.freshTag()
	tag := proof{name: "tag", ok: fresh, source: seenInLogs, text: "this run has not made " + d.tagPath()}
	if err != nil {
		tag.text = err.Error()
	}
	return append(out, tag)
}

// succeeded tells whether nothing that is required is missing.
func (d *drive) succeeded(proofs []proof) bool {
	if d.stop != stopEnded {
		return false
	}
	for _, p := range proofs {
		if p.required && !p.ok {
			return false
		}
	}
	return true
}

// reason says in one sentence why the run is not a success.
func (d *drive) reason(proofs []proof) string {
	switch {
	case d.stop == stopTimeout:
		return fmt.Sprintf("Sysprep was not done after %s; %s", d.Timeout, d.remains())
	case d.stop == stopInterrupted:
		return "the run was interrupted; " + d.remains()
	case d.log.failed():
		return "Sysprep has failed in " + d.failure()
	case !d.touched() && !d.resealed():
		return fmt.Sprintf("sysprep.exe ended with %s and changed nothing: the image state still is %s", exitCode(d.code), d.now.shown())
	}
	for _, p := range proofs {
		if p.required && !p.ok {
			return fmt.Sprintf("sysprep.exe ended with %s, but success is not proved: %s", exitCode(d.code), p.text)
		}
	}
	return ""
}

// remains says what became of the process and the image when the waiting ended
// early.
func (d *drive) remains() string {
	state := "the image state is " + d.now.shown()
	if d.statusErr != nil {
		state = "the image state is not known: " + d.statusErr.Error()
	}
	switch {
	case d.killed && d.touched():
		return "sysprep.exe was ended, and had just begun to change the image; " + state
	case d.killed:
		return fmt.Sprintf("sysprep.exe had not begun to change the image and was ended; %s", state)
	case d.ended:
		return fmt.Sprintf("sysprep.exe ended with %s; %s", exitCode(d.code), state)
	case d.killErr != nil:
		return fmt.Sprintf("sysprep.exe had not begun to change the image, but process %d could not be ended: %v", d.process.ID(), d.killErr)
	}
	return fmt.Sprintf("sysprep.exe still runs as process %d and was left alone, because ending it now would spoil the image; %s", d.process.ID(), state)
}

// exitCode is a code as people look it up: small ones decimal, NTSTATUS and
// HRESULT in hexadecimal.
func exitCode(code uint32) string {
	if code < 1<<16 {
		return fmt.Sprintf("code %d", code)
	}
	return fmt.Sprintf("code 0x%08X", code)
}
