package sysprep

import (
	"strconv"
	"strings"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// served is a pass with the answer file that serves it; without one the file
// is nil and the path empty.
type served struct {
	answers
	pass schema.Pass
	path string // on the machine
}

// serve searches the answer file of a pass, as Windows does at the beginning
// of each.
func (t *timeline) serve(pass schema.Pass) served {
	out := served{answers: answers{arch: t.answers.arch}, pass: pass}
	f := t.cache.serve(pass, len(t.boots) == 1)
	if f == nil {
		t.starts = append(t.starts, start{pass: pass})
		return out
	}
	out.file, out.path = f.File, f.Path
	t.starts = append(t.starts, start{pass, f.File, t.cache.origin(f)})
	if f.File != t.answers.file {
		t.note("boot %d takes %s from %s, which is not this answer file; as logs show, it is then cached in its place", len(t.boots)-1, pass, t.cache.from)
	}
	if f.Place == PlacePantherUnattend {
		t.note(`one page limits Windows\Panther\Unattend to installations that did not start from Windows PE, others use it for audit mode`)
	}
	return out
}

// pass plays one pass in a boot and returns the boot in which it ends, since a
// command may restart the machine in the middle.
func (t *timeline) pass(b *Boot, from served, refuse func(string, *answer.Setting) string) *Boot {
	run := PassRun{Pass: from.pass.String()}
	if from.file != nil {
		run = t.applyFile(from.file, from.pass, refuse)
		run.AnswerFile = from.path
	}
	if from.file != t.answers.file {
		run.Ignored = append(run.Ignored, t.notServing(from)...)
	}
	t.cache.done(from.pass)
	t.ran[from.pass] = true
	return t.commands(b, run)
}

// notServing are the settings of our answer file in a pass that it does not
// serve, each with the reason.
func (t *timeline) notServing(from served) []Ignored {
	reason := ""
	switch {
	case from.file != nil:
		reason = t.cache.from + " serves this pass"
	case t.cache.cached.File != t.answers.file:
		reason = t.cache.from + " has taken the place of the cached answer file"
	case t.ran[from.pass]:
		reason = "the cached answer file marks this pass as processed"
		t.noteMedia(from.pass)
	case t.answers.file != nil && wasProcessed(t.answers.file, from.pass):
		reason = "the answer file itself marks this pass as processed (wasPassProcessed)"
	}
	if reason == "" { // nothing in it is for this Windows
		return t.applyPass(from.pass, nil).Ignored
	}
	return t.applyPass(from.pass, func(string, *answer.Setting) string { return reason }).Ignored
}

// noteMedia tells of the drive that Setup has read our answer file from: the
// picture takes it to be gone when a pass runs again.
func (t *timeline) noteMedia(pass schema.Pass) {
	if t.deployment != nil && t.deployment.file == "Autounattend.xml" && t.answers.fills(pass) {
		t.note("while the drive with this answer file is still in the machine, its %s runs again in boot %d: Windows searches drives behind the cached copy, and only the copy is marked", pass, len(t.boots)-1)
	}
}

// commands adds a pass to a boot, in as many boots as its commands restart the
// machine.
func (t *timeline) commands(b *Boot, run PassRun) *Boot {
	run.Commands = passCommands(run)
	t.noteRequests(run)
	for {
		now, later, more := splitRun(run)
		b.Passes = append(b.Passes, now)
		if !more {
			return b
		}
		next := t.again(b)
		if next.N == b.N { // the time line is full
			last := &b.Passes[len(b.Passes)-1]
			last.Applied, last.Commands = append(last.Applied, later.Applied...), append(last.Commands, later.Commands...)
			return b
		}
		b, run = next, later
	}
}

// noteRequests names the commands that may ask for a restart, which the time
// line leaves out.
func (t *timeline) noteRequests(run PassRun) {
	var orders []string
	for _, c := range run.Commands {
		if c.Reboot == onRequest {
			orders = append(orders, strconv.Itoa(c.Order))
		}
	}
	const code = "exit code: 0 goes on, 1 restarts, 2 restarts and starts it again, any other stops Setup; no restart is assumed"
	switch len(orders) {
	case 0:
	case 1:
		t.note("command %s of %s decides by its %s", orders[0], run.Pass, code)
	default:
		t.note("commands %s of %s decide, each by its %s", strings.Join(orders, ", "), run.Pass, code)
	}
}

// splitRun cuts a pass behind the first command that always restarts.
func splitRun(run PassRun) (now, later PassRun, more bool) {
	for i, c := range run.Commands {
		if c.Reboot != always {
			continue
		}
		now, later = run, PassRun{Pass: run.Pass, Continued: true, AnswerFile: run.AnswerFile, Commands: run.Commands[i+1:]}
		now.Commands, now.Applied = run.Commands[:i+1], nil
		behind := itemsOf(later.Commands)
		for _, a := range run.Applied {
			if behind[itemOf(a)] {
				later.Applied = append(later.Applied, a)
			} else {
				now.Applied = append(now.Applied, a)
			}
		}
		return now, later, true
	}
	return run, PassRun{}, false
}

// listItem is an item of a list of commands: the component and the path, in
// the spelling of the answer file.
type listItem struct{ component, path string }

func itemsOf(commands []RunCommand) map[listItem]bool {
	items := make(map[listItem]bool, len(commands))
	for _, c := range commands {
		items[listItem{c.component, c.item}] = true
	}
	return items
}

// itemOf is the item that a setting such as
// "RunSynchronous/RunSynchronousCommand[2]/Path" stands in.
func itemOf(a Applied) listItem {
	list, rest, _ := strings.Cut(a.Setting, "/")
	item, _, _ := strings.Cut(rest, "/")
	return listItem{a.Component, list + "/" + item}
}

// value is the applied value of one setting, "" when it was not applied.
func (p PassRun) value(component, path string) string {
	for _, a := range p.Applied {
		if strings.EqualFold(a.Component, component) && strings.EqualFold(a.Setting, path) {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}
