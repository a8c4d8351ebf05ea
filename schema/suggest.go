package schema

import "github.com/reseal/reseal/internal/nearest"

// Nearest returns the candidate that the word was probably meant to be, ""
// when none is near; see nearest.Word.
func Nearest(word string, candidates []string) string { return nearest.Word(word, candidates) }
