package yamldoc

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
)

// failure is a text that yaml.v3 refuses. Its errors carry a line at best, and
// often that of something else; the place is found again from how far it read.
type failure struct {
	*reader
	what string // yaml.v3's words, without "yaml: line N: "
	line int    // the line in front of them, 0 for none
	at   int    // how many bytes it had read: the place and a few more
}

var errorWords = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)

// explanations translate yaml.v3's words into a finding; the first whose words
// begin the message is taken.
var explanations = []struct {
	words   string
	explain func(*failure) *diag.Diagnostic
}{
	{"found character that cannot start any token", (*failure).strangeStart},
	{"found a tab character", (*failure).tab},
	{"mapping values are not allowed in this context", (*failure).strayColon},
	{"mapping keys are not allowed in this context", (*failure).strayQuestionMark},
	{"block sequence entries are not allowed in this context", (*failure).strayDash},
	{"did not find expected key", (*failure).noKey},
	{"did not find expected '-' indicator", (*failure).noDash},
	{"could not find expected ':'", (*failure).noColon},
	{"did not find expected <document start>", (*failure).behindDocument},
	{"did not find expected ',' or", (*failure).bracket},
	{"did not find expected node content", (*failure).noContent},
	{"found unexpected end of stream", (*failure).openQuote},
	{"found unexpected document indicator", (*failure).openQuote},
	{"found unknown escape character", (*failure).badEscape},
	{"did not find expected hexdecimal number", (*failure).badEscape},
	{"found invalid Unicode character escape code", (*failure).badEscape},
	{"unknown anchor", (*failure).unknownAnchor},
	{"did not find expected alphabetic or numeric character", (*failure).strangeStart},
	{"did not find expected comment or line break", (*failure).blockHeader},
	{"found an indentation indicator equal to 0", (*failure).blockHeader},
	{"did not find expected whitespace or line break", (*failure).tag},
	{"did not find expected tag URI", (*failure).tag},
	{"did not find the expected '>'", (*failure).tag},
	{"did not find URI escaped octet", (*failure).tag},
	{"found an incorrect", (*failure).tag},
	{"found undefined tag handle", (*failure).tag},
	{"exceeded max depth", (*failure).depth},
}

// syntaxError reports what yaml.v3 refused and tells whether the text was
// mended, so that reading it again finds what is behind.
func (r *reader) syntaxError(err error) (again bool) {
	f := &failure{reader: r, what: err.Error(), at: r.readUntilError()}
	if m := errorWords.FindStringSubmatch(f.what); m != nil {
		f.line, _ = strconv.Atoi(m[1])
		f.what = m[2]
	}
	mended := len(r.mended)
	d := f.explain()
	if r.indentGuessed && d.Rule != rule.YamlTabIndentation.ID {
		return false // may follow from blanks put in place of tabs
	}
	r.add(d)
	return len(r.mended) > mended
}

func (f *failure) explain() *diag.Diagnostic {
	f.places = newPlaces(f.text)
	for _, e := range explanations {
		if strings.HasPrefix(f.what, e.words) {
			return e.explain(f)
		}
	}
	return rule.YamlSyntax.At(f.lineSpan(f.stopLine()), "the line cannot be read as YAML (%s)", f.what)
}

// readUntilError reads the text again, a byte at a time, and returns how many
// bytes yaml.v3 took before it gave up.
func (r *reader) readUntilError() int {
	s := &stepper{text: r.text}
	_, _ = readTrees(s) // the error is known; asked for is how far it came
	return s.at
}

// stepper hands out one byte a call.
type stepper struct {
	text []byte
	at   int
}

func (s *stepper) Read(p []byte) (int, error) {
	if s.at == len(s.text) {
		return 0, io.EOF
	}
	if len(p) == 0 {
		return 0, errors.New("no room to read into")
	}
	p[0] = s.text[s.at]
	s.at++
	return 1, nil
}

// mend replaces one byte of what yaml.v3 reads, to get past an error that is
// reported already.
func (r *reader) mend(at int, by byte) {
	i, found := slices.BinarySearch(r.mended, at)
	if found || at < 0 || at >= len(r.text) {
		return
	}
	if len(r.mended) == 0 {
		r.text = bytes.Clone(r.text)
	}
	r.text[at] = by
	r.mended = slices.Insert(r.mended, i, at)
}
