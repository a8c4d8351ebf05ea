package secret

import (
	"math/bits"
	"slices"
	"sync"
)

// search looks for forms. Nearly all texts have none, and are told by one pass
// over them: the words that the forms need are looked up by their first two
// letters.
type search struct {
	forms []form
	needs [][]uint64 // of each form: sets of words
	words []string   // in lower case, of two letters at least; up to 64, the bits of a set
	pairs [1 << 10]uint64
}

// newSearch prepares a search when it is first needed.
func newSearch(groups ...[]form) func() *search {
	return sync.OnceValue(func() *search {
		s := &search{forms: slices.Concat(groups...)}
		for _, f := range s.forms {
			var sets []uint64
			for _, group := range f.needs {
				var set uint64
				for _, w := range group {
					set |= 1 << s.word(w)
				}
				sets = append(sets, set)
			}
			s.needs = append(s.needs, sets)
		}
		return s
	})
}

// word is the number of a word.
func (s *search) word(w string) int {
	if i := slices.Index(s.words, w); i >= 0 {
		return i
	}
	i := len(s.words)
	s.words = append(s.words, w)
	s.pairs[pair(w)] |= 1 << i
	return i
}

// pair is the same for two letters in either case.
func pair(text string) int { return int(text[0]&31)<<5 | int(text[1]&31) }

// in is the set of the words that a text has.
func (s *search) in(text string) (found uint64) {
	for i := 0; i+1 < len(text); i++ {
		for maybe := s.pairs[pair(text[i:])] &^ found; maybe != 0; maybe &= maybe - 1 {
			if n := bits.TrailingZeros64(maybe); foldedPrefix(text[i:], s.words[n]) {
				found |= 1 << n
			}
		}
	}
	return found
}

// foldedPrefix tells whether a text begins with a word in lower case, in any.
func foldedPrefix(text, word string) bool {
	if len(text) < len(word) {
		return false
	}
	for i := range len(word) {
		c := text[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		if c != word[i] {
			return false
		}
	}
	return true
}

// likely calls back for each form that a text can have.
func (s *search) likely(text string, do func(*form)) {
	found := s.in(text)
	for i := range s.forms {
		f := &s.forms[i]
		if missing := slices.ContainsFunc(s.needs[i], func(set uint64) bool { return set&found == 0 }); !missing && (f.hint == nil || f.hint(text)) {
			do(f)
		}
	}
}
