package setuplog

import (
	"slices"
	"strings"
)

// Explain returns the signatures that know a line of a log, or a text that
// Windows shows, the most telling first. text may hold several lines.
func Explain(text string) []*Signature {
	var all []kept
	for line := range strings.Lines(text) {
		l := ParseLine(line)
		if l.Message == "" {
			continue
		}
		all = append(all, kept{number: len(all) + 1, message: l.Message, lower: strings.ToLower(l.Message)})
	}
	var found []*Signature
	for i := range signatures {
		g := &signatures[i]
		if explains(g, all) {
			found = append(found, g)
		}
	}
	return sharpest(found)
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

// ByCode returns the signatures that come with an error code, without the
// special cases and consequences of those that it returns. Those with this very
// code stand first; a code that Sysprep cannot have wrapped anew needs no others
// where one of them has it.
func ByCode(c Code) []*Signature {
	var exact, others []*Signature
	for i := range signatures {
		switch g := &signatures[i]; {
		case g.Kind == NoiseKind:
		case slices.Contains(g.Codes, c.HRESULT()):
			exact = append(exact, g)
		case g.comesWith(c):
			others = append(others, g)
		}
	}
	found := exact
	if len(exact) == 0 || c.HRESULT()>>16 == hresultFromWin32>>16 {
		found = append(exact, others...)
	}
	return slices.DeleteFunc(slices.Clone(found), func(g *Signature) bool {
		return slices.ContainsFunc(found, func(other *Signature) bool {
			return other.ID == g.Refines || g.Kind == FollowKind && other.Kind < FollowKind
		})
	})
}
