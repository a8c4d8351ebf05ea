package setuplog

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// explain fills in line, code, provider, signature, cause and fix of a
// failure.
func (t *tracker) explain(r *Run, b *block) {
	all := b.lines()
	cause, g := b.cause(all)
	r.Line, r.Text = cause.number, Scrub(cause.message)
	r.Provider = Scrub(b.culprit(all, cause))
	var code Code
	var ok bool
	if g != nil && g.on(cause.message, cause.lower) { // else g is a consequence with a code of its own
		code, ok = g.codeIn(all)
	}
	if !ok {
		code, ok = failureCode(messagesFrom(withoutEnd(all, cause), cause.number))
	}
	if !ok {
		code, ok = failureCode(messagesFrom(strong(withoutEnd(all, cause)), 0))
	}
	if ok {
		r.Code, r.Original = code.String(), code.Original
	}
	if r.Phase == "" {
		r.Phase = phaseOfProvider(r.Provider)
	}
	r.Setting = settingIn(all, r.Phase)
	if g != nil {
		r.describe(g, cause.message)
		return
	}
	r.Cause = plainCause(r)
	r.Fix = plainFix(r.Phase)
}

// cause finds the line that tells why, and the signature that knows it: the
// most telling signature of the block, then the first line of it. Without one
// it is the first error of the provider that failed.
func (b *block) cause(all []kept) (kept, *Signature) {
	var best *Signature
	var line kept
	borne := bearing(all)
	for _, k := range quotedLast(all) {
		for i := range signatures {
			g := &signatures[i]
			if !g.failure() || !g.on(k.message, k.lower) || !borne(i) {
				continue
			}
			if k.quoted && g.Kind != FailureKind && b.fatal {
				continue // the log has an end of its own, and what stands above that says more
			}
			if best == nil || g.before(best, k.number == line.number) {
				best, line = g, k
			}
		}
	}
	if best != nil && !(best.Kind == FollowKind) {
		return line, best
	}
	return b.firstError(all), best
}

// quotedLast puts the lines that are quoted alone behind those of a log, which
// say more.
func quotedLast(all []kept) []kept {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(x, y kept) int {
		switch {
		case x.quoted == y.quoted:
			return 0
		case x.quoted:
			return 1
		}
		return -1
	})
	return all
}

// bearing is borneOut for the signatures of the table by their index. It looks
// at the lines once for each: a failure has hundreds.
func bearing(all []kept) func(signature int) bool {
	looked := map[int]bool{}
	return func(i int) bool {
		borne, ok := looked[i]
		if !ok {
			borne = signatures[i].borneOut(all)
			looked[i] = borne
		}
		return borne
	}
}

// firstError is the first error since the provider that failed was started;
// else the line that names the provider, else the first one that is Setup's
// own.
func (b *block) firstError(all []kept) kept {
	for _, k := range all {
		if b.start > 0 && k.number > b.start && k.strong && !k.quoted {
			return k
		}
	}
	for _, k := range all {
		if k.fatal && providerOf(k.message) != "" {
			return b.before(all, k)
		}
	}
	for _, k := range quotedLast(all) {
		if k.strong {
			return k
		}
	}
	return all[0]
}

// before goes from the line that names the provider up to the first of the
// lines directly above it: in setuperr.log they are the provider's own.
func (b *block) before(all []kept, at kept) kept {
	first := at
	for i := len(all) - 1; i >= 0; i-- {
		k := all[i]
		if k.number >= first.number {
			continue
		}
		if k.end != first.number-1 || !k.strong || k.fatal {
			break
		}
		first = k
	}
	return first
}

// culprit is the provider of the failure: the one that the lines name from
// the cause on, else the one that ran.
func (b *block) culprit(all []kept, cause kept) string {
	for _, k := range all {
		if k.number < cause.number {
			continue
		}
		if name := providerOf(k.message); name != "" && k.fatal && !b.ofComponent(name) {
			return name
		}
	}
	return b.provider
}

// ofComponent tells whether a name is that of the component to which the
// provider belongs that an earlier line names: the provider says more.
func (b *block) ofComponent(name string) bool {
	return !strings.Contains(name, ",") && strings.Contains(b.provider, ",")
}

// codeIn is the first code of a failure that is one of the signature's own;
// the codes around it are those of commands, or cut ones.
func (g *Signature) codeIn(all []kept) (Code, bool) {
	for _, k := range all {
		for _, c := range CodesIn(k.message) {
			if slices.Contains(g.Codes, c.HRESULT()) {
				return c, true
			}
		}
	}
	return Code{}, false
}

func messagesFrom(all []kept, number int) []string {
	var out []string
	for _, k := range all {
		if k.number >= number {
			out = append(out, k.message)
		}
	}
	return out
}

// withoutEnd drops windeploy's last words on a boot, whose code is the same for
// every failure, unless they are all that is known of it.
func withoutEnd(all []kept, cause kept) []kept {
	return slices.DeleteFunc(slices.Clone(all), func(k kept) bool {
		return k.number != cause.number && slices.ContainsFunc(bootEndTexts[:], func(text string) bool { return strings.Contains(k.lower, text) })
	})
}

// strong leaves the lines that are Sysprep's or Setup's own.
func strong(all []kept) []kept {
	return slices.DeleteFunc(slices.Clone(all), func(k kept) bool { return !k.strong })
}

// describe fills in what a signature knows of a message.
func (r *Run) describe(g *Signature, message string) {
	r.Signature = g.ID
	if r.Phase == "" {
		r.Phase = stagePhases[g.Stage]
	}
	r.Cause, r.Fix = g.Words(message)
	r.Source, r.Grade = strings.Join(g.Sources, " "), g.Grade
	if r.Setting == nil && g.Setting != nil {
		place := *g.Setting
		r.Setting = &place
	}
}

// stagePhases are the phases that the stages of signatures stand for where
// the log does not tell one.
var stagePhases = map[string]string{
	"verify": "verify", "arguments": "arguments", "validate": "pre-validate", "cleanup": "cleanup", "generalize": "generalize",
	"specialize": "specialize", "oobe": "oobeSystem", "audit": "auditUser",
}

// phaseOfProvider reads the phase off the entry point, most of which name it:
// "AppxSysprep.dll,SysprepGeneralizeValidate". "" for one that does not.
func phaseOfProvider(provider string) string {
	_, entry, _ := strings.Cut(strings.ToLower(provider), ",")
	for _, stage := range []struct{ word, phase string }{{"generalize", "generalize"}, {"clean", "cleanup"}, {"specialize", "specialize"}} {
		if !strings.Contains(entry, stage.word) {
			continue
		}
		if strings.Contains(entry, "validate") {
			return "pre-validate " + stage.phase
		}
		return stage.phase
	}
	return ""
}

// expand puts what the pattern captured in place of $1 and $2.
func expand(text string, groups []string) string {
	for i, value := range groups {
		if i > 0 {
			text = strings.ReplaceAll(text, fmt.Sprintf("$%d", i), value)
		}
	}
	return text
}

// plainCause says what is known of a failure that no signature knows.
func plainCause(r *Run) string {
	who := "The run"
	if r.Provider != "" {
		who = "The provider " + r.Provider
	}
	if r.Code == "" {
		return who + " failed; no signature knows this line."
	}
	code, _ := ParseCode(r.Code)
	return fmt.Sprintf("%s failed with %s: %s; no signature knows this line.", who, r.Code, code.Describe())
}

// nameCheck leads from the failure of a rehearsal that no signature knows to
// the check that its line begins with: Windows has no words of its own for it.
func (r *Run) nameCheck() {
	if !r.Rehearsal || r.Verdict != Failed || r.Signature != "" {
		return
	}
	if id, _, ok := strings.Cut(r.Text, ": "); ok && strings.Trim(id, "abcdefghijklmnopqrstuvwxyz-") == "" {
		r.Cause = "The pre-check " + id + " stops the run before Sysprep changes anything."
		r.Fix = "Mend what the line names; reseal explain " + id + " tells how."
	}
}

// plainFix says what a failure leaves behind.
func plainFix(phase string) string {
	switch {
	case strings.HasPrefix(phase, "pre-validate"), phase == "verify", phase == "arguments":
		return "Mend what the line names and run Sysprep again; validation changes nothing."
	case phase == "cleanup" || phase == "generalize":
		return "Mend what the line names, then go back to the snapshot from before the run or rebuild the image: Sysprep takes nothing back."
	}
	return "Mend what the line names in the image or its answer file, and deploy again."
}

// The two ways in which Setup names a place in an answer file: the setting
// itself, in a form of its own, and the component with its pass.
var (
	settingForm = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)Source = Name: ([\w-]+),.*?[ /]settings/((?:\[[^\]]*\]|/\s+|[^\s\[])+)`) // a blank follows no slash unless the line was wrapped there
	})
	componentForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)settings for component \[([\w-]+)\]`) })
	passForm      = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\[(windowsPE|offlineServicing|generalize|specialize|auditSystem|auditUser|oobeSystem)\]`)
	})
	keyForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\[(\w+)="?([^"\]]*)"?\]`) })
)

// settingIn finds the first place in the answer file that the lines name, nil
// for none.
func settingIn(all []kept, phase string) *Setting {
	var s Setting
	for _, k := range all {
		if m := settingForm().FindStringSubmatch(k.message); m != nil && s.Path == "" {
			s.Component, s.Path = m[1], m[2]
		}
		if m := componentForm().FindStringSubmatch(k.message); m != nil && s.Component == "" {
			s.Component = m[1]
		}
		if m := passForm().FindStringSubmatch(k.message); m != nil && s.Pass == "" {
			s.Pass = m[1]
		}
	}
	if s.Component == "" {
		return nil
	}
	if m := keyForm().FindStringSubmatch(s.Path); m != nil {
		s.Key = Scrub(m[2])
	}
	s.Path = Scrub(plainPath(s.Path))
	if s.Pass == "" && !strings.ContainsAny(phase, " -") {
		s.Pass = phase
	}
	return &s
}

// plainPath takes the keys of list items out of a path and the blanks off it.
func plainPath(path string) string {
	var parts []string
	for part := range strings.SplitSeq(strings.TrimSpace(path), "/") {
		if at := strings.IndexByte(part, '['); at >= 0 {
			part = part[:at]
		}
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "/")
}
