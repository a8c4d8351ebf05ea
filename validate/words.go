package validate

import "github.com/reseal/reseal/schema"

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
