package setuplog

import (
	"slices"
	"strings"
)

// cancelled is the signature of a person's cancelling.
const cancelled = "F68"

// finish tells what the lines so far prove. It changes nothing, so that a
// growing log can be asked at any time.
func (t *tracker) finish() Run {
	r := Run{StartLine: t.startLine, EndLine: t.lastLine, Started: t.started, Phase: t.phase, Notes: t.notes}
	failure := t.failure()
	switch {
	case failure != nil:
		r.Verdict = Failed
		if failure.phase != "" {
			r.Phase = failure.phase
		}
		t.explain(&r, failure)
		if g := Find(r.Signature); g != nil && (g.ID == cancelled || g.Refines == cancelled) {
			r.Verdict = Cancelled
		}
	case t.cancelled > 0 && !t.tagged:
		r.Verdict = Cancelled
		t.explainCancel(&r)
	case t.firstBoot():
		r.Verdict = t.bootVerdict()
		if r.Verdict == Incomplete {
			t.explainOpen(&r)
		}
	case !t.closed:
		r.Verdict = Incomplete
		if !t.sysprep || !t.informed {
			r.Verdict = Unknown
		} else {
			t.explainOpen(&r)
		}
	case t.tagged || t.worked:
		r.Verdict = Success
	default:
		r.Verdict = Unknown
	}
	if r.Verdict == Unknown {
		r.Notes = t.hints(r.Notes)
	}
	return r
}

// hints adds the lines in which a signature knows a cause to the notes of a run
// that does not tell how it ended: most often a piece of a log.
func (t *tracker) hints(notes []Note) []Note {
	all := t.block.lines()
	borne := bearing(all)
	notes = slices.Clone(notes)
	for _, k := range all {
		for i := range signatures {
			g := &signatures[i]
			told := slices.ContainsFunc(notes, func(n Note) bool { return n.Signature == g.ID })
			if g.Kind == FailureKind && !told && len(notes) < maxNotes && g.on(k.message, k.lower) && borne(i) {
				cause, fix := g.Words(k.message)
				notes = append(notes, Note{Line: k.number, Text: Scrub(k.message), Signature: g.ID, Cause: cause, Fix: fix})
			}
		}
	}
	return notes
}

// failure is the block that decides, nil when nothing failed.
func (t *tracker) failure() *block {
	b := t.block
	b.phase = t.phase
	switch {
	case b.fatal && (t.failed == nil || !t.firstBoot()):
		return &b
	case t.failed != nil:
		return t.failed
	case b.empty() || t.tagged || t.state == stateComplete:
		return nil
	case t.closed && !t.worked && b.any(func(k kept) bool { return k.strong }):
		return &b // Sysprep refused to start and said why
	case t.closed && t.worked && !b.any(func(k kept) bool { return !k.quoted }):
		return nil
	case b.decisive():
		return &b
	}
	return nil
}

func (b *block) any(ok func(kept) bool) bool { return anyLine(b.lines(), ok) }

// decisive tells whether a line matches a signature that by itself means
// failure: in setuperr.log and in pasted excerpts the verdict may be missing.
func (b *block) decisive() bool {
	for _, k := range b.lines() {
		if k.quoted && isDialog(k.bytes) {
			return true
		}
		for i := range signatures {
			if g := &signatures[i]; g.Decides && g.on(k.message, k.lower) {
				return true
			}
		}
	}
	return false
}

// bootVerdict judges a first boot by the last image state it set.
func (t *tracker) bootVerdict() Verdict {
	switch {
	case t.state == stateComplete:
		return Success
	case t.state == stateUndeployable:
		return Incomplete
	case t.state == "":
		return Unknown
	}
	if t.phase == "oobeSystem" {
		return Incomplete // specialize is done, OOBE is not
	}
	return Success
}

// explainOpen tells what a run that has not ended was doing last.
func (t *tracker) explainOpen(r *Run) {
	if t.open.line > 0 {
		r.Line, r.Text, r.Provider = t.open.line, Scrub(string(t.open.msg)), Scrub(t.open.provider())
	}
	end := strings.ToLower(strings.Join([]string{string(t.open.msg), string(t.tail), t.state}, "\n"))
	for i := range signatures {
		g := &signatures[i]
		if !g.leftOpen(end) {
			continue
		}
		if r.Line == 0 {
			r.Line = t.lastLine
		}
		r.describe(g, "")
		return
	}
	if t.open.line > 0 {
		r.describe(Find("F69"), "")
	}
}

func (t *tracker) explainCancel(r *Run) {
	r.Line = t.cancelled
	r.describe(Find("F26"), "")
}
