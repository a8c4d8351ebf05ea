package sysprep

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reseal/reseal/schema/answer"
)

// shortSecret is the length below which a secret is only hidden where it
// stands alone: a password of one letter would take that letter out of every
// word.
const shortSecret = 4

// scrubber takes the secrets of an answer file out of texts that others wrote:
// the log of Sysprep may repeat a command line with all that is in it.
type scrubber struct {
	secrets []string // the longest first, so that none is left in part
}

// newScrubber gathers the secrets as they are and in Windows' hidden form,
// whichever of the two stands in the answer file.
func newScrubber(a *answer.File) scrubber {
	var s scrubber
	if a == nil {
		return s
	}
	a.Walk(func(c *answer.Cursor) bool {
		text := strings.TrimSpace(c.Setting.Text)
		if text == "" || !c.Sensitive() {
			return true
		}
		s.secrets = append(s.secrets, text)
		if above := c.Above(); above != nil {
			if plain, ok := answer.Reveal(text, above.Name); ok && strings.TrimSpace(plain) != "" {
				s.secrets = append(s.secrets, strings.TrimSpace(plain))
			}
		}
		if c.Setting.Hide != "" {
			s.secrets = append(s.secrets, answer.Hidden(text, c.Setting.Hide))
		}
		return true
	})
	slices.SortFunc(s.secrets, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b))
	})
	s.secrets = slices.Compact(s.secrets)
	return s
}

func (s scrubber) hide(text string) string {
	for _, secret := range s.secrets {
		if len(secret) >= shortSecret {
			text = strings.ReplaceAll(text, secret, hidden)
		} else {
			text = hideAlone(text, secret)
		}
	}
	return text
}

// hideAlone hides a secret between characters that are neither letter nor
// digit.
func hideAlone(text, secret string) string {
	var b strings.Builder
	for from := 0; ; {
		i := strings.Index(text[from:], secret)
		if i < 0 {
			return b.String() + text[from:]
		}
		at, end := from+i, from+i+len(secret)
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[end:])
		b.WriteString(text[from:at])
		if wordy(before) || wordy(after) {
			b.WriteString(secret)
		} else {
			b.WriteString(hidden)
		}
		from = end
	}
}

func wordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
