package validate

import (
	"strings"

	"github.com/reseal/reseal/schema"
)

// didYouMean is the end of a message that suggests a word, "" for none.
func didYouMean(word string) string {
	if word == "" {
		return ""
	}
	return "; did you mean " + word + "?"
}

func passNames(passes []schema.Pass) []string {
	names := make([]string, len(passes))
	for i, p := range passes {
		names[i] = p.String()
	}
	return names
}

// anyOf lists words as "a", "a or b", "a, b or c".
func anyOf(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
