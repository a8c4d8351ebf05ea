package setuplog

import (
	"slices"
	"strings"
)

// Explain returns the signatures that know a line of a log, or a text that
// Windows shows, the most telling first. text may hold several lines.
func Explain(text string) []*Signature {
	all := keptOf(text)
	var found []*Signature
	for i := range signatures {
		g := &signatures[i]
		if explains(g, all) {
			found = append(found, g)
		}
	}
	return sharpest(found)
}

func keptOf(text string) []kept {
	var all []kept
	for line := range strings.Lines(text) {
		l := ParseLine(line)
		if l.Message == "" {
			continue
		}
		wrong := l.Severity == Error || l.Severity == NoSeverity
		all = append(all, kept{number: len(all) + 1, message: l.Message, lower: strings.ToLower(l.Message), strong: wrong})
	}
	return all
}

// Beside returns the signatures that know an error in a text only together with
// words or codes of other lines of the same failure.
func Beside(text string) []*Signature {
	all := strong(keptOf(text))
	var found []*Signature
	for i := range signatures {
		g := &signatures[i]
		if g.failure() && !g.borneOut(all) && anyLine(all, func(k kept) bool { return g.on(k.message, k.lower) }) {
			found = append(found, g)
		}
	}
	return found
}

// AtEnd returns the signature that knows a text where a log ends with it, as
// with the start of a provider that hangs; nil for none.
func AtEnd(text string) *Signature {
	t := newTracker(nil)
	number := 0
	for line := range strings.Lines(text) {
		number++
		t.line(number, split([]byte(strings.TrimSpace(line)), true))
	}
	var r Run
	if t.block.empty() && t.failed == nil {
		t.explainOpen(&r)
	}
	return Find(r.Signature)
}

func explains(g *Signature, all []kept) bool {
	return anyLine(all, func(k kept) bool { return g.on(k.message, k.lower) }) && g.borneOut(all)
}

// sharpest drops what another signature says more of, and puts causes before
// consequences.
func sharpest(found []*Signature) []*Signature {
	var out []*Signature
	least := NoiseKind
	for _, g := range found {
		if g.Kind == NoiseKind {
			least = NoiseKind // a harmless line says no more, whatever else is in it
			break
		}
		least = min(least, g.Kind)
	}
	for _, g := range found {
		refined := false
		for _, other := range found {
			refined = refined || other.Refines == g.ID
		}
		if g.Kind == least && !refined {
			out = append(out, g)
		}
	}
	return out
}

// CodeMatch is a signature that comes with an error code.
type CodeMatch struct {
	*Signature
	Alone bool   // a line with the code needs no other words
	Cut   uint32 // the code that the signature knows, where Sysprep may have cut it down to the one in question; else 0
}

// ByCode returns the signatures that come with an error code, without the
// special cases and consequences of those that it returns. Those with this very
// code stand first; a code that Sysprep cannot have wrapped anew needs no others
// where one of them has it.
func ByCode(c Code) []CodeMatch {
	var exact, others []CodeMatch
	for i := range signatures {
		switch g := &signatures[i]; {
		case g.Kind == NoiseKind:
		case slices.Contains(g.Codes, c.HRESULT()):
			exact = append(exact, CodeMatch{Signature: g, Alone: g.knowsAlone(c)})
		default:
			if at := slices.IndexFunc(g.Codes, func(known uint32) bool { return g.maybeCut(known, c.HRESULT()) }); at >= 0 {
				others = append(others, CodeMatch{Signature: g, Cut: g.Codes[at]})
			}
		}
	}
	found := exact
	if len(exact) == 0 || c.HRESULT()>>16 == hresultFromWin32>>16 {
		found = append(exact, others...)
	}
	return slices.DeleteFunc(slices.Clone(found), func(g CodeMatch) bool {
		return slices.ContainsFunc(found, func(other CodeMatch) bool {
			return other.ID == g.Refines || g.Kind == FollowKind && other.Kind < FollowKind
		})
	})
}

// maybeCut tells whether Sysprep may have cut a code of the signature down to
// another one. Only its own stages do that, and no NTSTATUS is cut.
func (g *Signature) maybeCut(known, c uint32) bool {
	return slices.Contains([]string{"verify", "validate", "cleanup", "generalize"}, g.Stage) && known>>30 != 3 && c>>30 != 3 && sameCode(known, c)
}

// knowsAlone tells whether the signature knows a line that has nothing but a
// code.
func (g *Signature) knowsAlone(c Code) bool {
	line := "hr = " + strings.ToLower(c.String())
	all := []kept{{message: line, lower: line}}
	return explains(g, all)
}
