package schema

import (
	"strings"

	"github.com/reseal/reseal/internal/nearest"
)

// Nearest returns the candidate that the word was probably meant to be, ""
// when none is near; see nearest.Word.
func Nearest(word string, candidates []string) string { return nearest.Word(word, candidates) }

// AnyOf lists words as "a", "a or b", "a, b or c"; "" for none.
func AnyOf(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
