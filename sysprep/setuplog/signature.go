package setuplog

import (
	"bytes"
	"regexp"
	"strings"
	"sync"
)

// Grade is how well a signature is supported.
type Grade string

// The grades, from a page of Microsoft down to hearsay.
const (
	Documented Grade = "documented"
	SeenInLog  Grade = "seen in a log"
	Reported   Grade = "reported"
	Inferred   Grade = "inferred"
	Unverified Grade = "unverified"
)

// Kind tells what the match of a signature means.
type Kind uint8

// The kinds.
const (
	FailureKind Kind = iota // names a cause
	GeneralKind             // names a cause if no other signature does
	FollowKind              // follows from the cause, which stands elsewhere
	NoteKind                // worth a look, no failure
	NoiseKind               // harmless, whatever its severity
)

// String is the word of the table.
func (k Kind) String() string {
	return [...]string{"failure", "general", "follow-up", "note", "noise"}[k]
}

// Signature is one entry of the table: how a line is known, and what it means.
type Signature struct {
	ID         string
	Title      string
	Kind       Kind
	Stage      string   // verify, validate, cleanup, generalize, specialize, oobe, audit, deploy
	Text       []string // in lower case; one of them stands in the message
	Pattern    string   // RE2 on the message, case not counted; "" = Text is enough
	With       []string // texts in lower case; each stands in some line of the same failure
	Codes      []uint32 // HRESULTs that it comes with
	NeedsCode  bool     // one of Codes stands in a line of the same failure
	Refines    string   // ID of the signature that this one is a case of
	Open       []string // in lower case; one of them stands in what a log that is not closed ends with
	Decides    bool     // the line means failure even where the verdict of the run is missing
	Cause, Fix string   // $1 stands for what Pattern captured
	Sources    []string
	Grade      Grade
	Setting    *Setting // the place in an answer file that it is about
}

// Signatures returns the table, sorted by ID. The caller must not change it.
func Signatures() []Signature { return signatures[:] }

// Find returns the signature with that ID, nil when there is none.
func Find(id string) *Signature {
	for i := range signatures {
		if strings.EqualFold(signatures[i].ID, id) {
			return &signatures[i]
		}
	}
	return nil
}

// patterns are the compiled patterns of the table, by its index; nil for none.
var patterns = sync.OnceValue(func() map[string]*regexp.Regexp {
	all := map[string]*regexp.Regexp{}
	for _, g := range signatures {
		if g.Pattern != "" {
			all[g.ID] = regexp.MustCompile("(?i)" + g.Pattern)
		}
	}
	return all
})

// on tells whether the signature knows a message; lower is the same in lower
// case.
func (g *Signature) on(message, lower string) bool {
	for _, text := range g.Text {
		if strings.Contains(lower, text) {
			return g.Pattern == "" || patterns()[g.ID].MatchString(message)
		}
	}
	return false
}

// matches tells whether the pattern holds for a message that has one of the
// texts.
func (g *Signature) matches(message []byte) bool {
	return g.Pattern == "" || patterns()[g.ID].Match(message)
}

// leftOpen tells whether the signature knows a log by what it ends with, in
// lower case.
func (g *Signature) leftOpen(lower string) bool {
	for _, text := range g.Open {
		if strings.Contains(lower, text) {
			return true
		}
	}
	return false
}

// find returns what the pattern captures in a message.
func (g *Signature) find(message string) []string {
	if g.Pattern == "" {
		return nil
	}
	return patterns()[g.ID].FindStringSubmatch(message)
}

// Words are cause and fix for a message, with what the signature reads out of
// it; for a message that it does not match they say that the line tells.
func (g *Signature) Words(message string) (cause, fix string) {
	groups := g.find(message)
	if groups == nil {
		groups = []string{"", "(named in the line)"}
	}
	return Scrub(expand(g.Cause, groups)), Scrub(expand(g.Fix, groups))
}

func (g *Signature) failure() bool { return g.Kind <= FollowKind }

// borneOut tells whether the other lines of a failure hold what the signature
// asks for beside its own line.
func (g *Signature) borneOut(all []kept) bool {
	for _, text := range g.With {
		if !anyLine(all, func(k kept) bool { return strings.Contains(k.lower, text) }) {
			return false
		}
	}
	if !g.NeedsCode {
		return true
	}
	return anyLine(all, func(k kept) bool { return g.hasCode(k.message) })
}

func anyLine(all []kept, ok func(kept) bool) bool {
	for _, k := range all {
		if ok(k) {
			return true
		}
	}
	return false
}

func (g *Signature) hasCode(message string) bool {
	for _, c := range CodesIn(message) {
		if g.comesWith(c) {
			return true
		}
	}
	return false
}

func (g *Signature) comesWith(c Code) bool {
	for _, known := range g.Codes {
		if sameCode(known, c.HRESULT()) {
			return true
		}
	}
	return false
}

// before tells whether g says more of a failure than other, which an earlier
// line or the same one has matched.
func (g *Signature) before(other *Signature, sameLine bool) bool {
	if g.Kind != other.Kind {
		return g.Kind < other.Kind
	}
	return sameLine && g.Refines == other.ID
}

// noteWords are cheap to look for in every line of a first boot.
var noteWords = [...]string{"SetupComplete", "nattend file", "does not meet criteria", "Unknown time zone", "generalization state [0x3", "exit code 0x"}

func mayBeNote(message []byte) bool {
	if bytes.HasSuffix(message, []byte("exit code 0x0")) {
		return false
	}
	for _, word := range noteWords {
		if bytes.Contains(message, []byte(word)) {
			return true
		}
	}
	return false
}
