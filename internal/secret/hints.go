package secret

import "strings"

// hint tells whether a text in lower case has what a form cannot do without.
type hint func(lower string) bool

func anyOf(words ...string) hint {
	return func(lower string) bool {
		for _, w := range words {
			if strings.Contains(lower, w) {
				return true
			}
		}
		return false
	}
}

func all(hints ...hint) hint {
	return func(lower string) bool {
		for _, h := range hints {
			if !h(lower) {
				return false
			}
		}
		return true
	}
}

// hasOption tells whether a slash or a hyphen begins a word.
func hasOption(lower string) bool {
	for i := range len(lower) {
		if isOption(lower, i) {
			return true
		}
	}
	return false
}

// hasOptionValue tells whether a word that a slash or a hyphen begins has a
// value, /p:x or --token=x.
func hasOptionValue(lower string) bool {
	for i := range len(lower) {
		if !isOption(lower, i) {
			continue
		}
		end := i + 1
		for end < len(lower) && isLetter(lower[end]) {
			end++
		}
		if end < len(lower) && (lower[end] == ':' || lower[end] == '=') {
			return true
		}
	}
	return false
}

func isOption(lower string, at int) bool {
	return (lower[at] == '/' || lower[at] == '-') && at+1 < len(lower) && isLetter(lower[at+1]) &&
		(at == 0 || strings.IndexByte(" \t\r\n\f\"'-", lower[at-1]) >= 0)
}

// hasProductKey tells whether four hyphens stand as in a product key.
func hasProductKey(lower string) bool {
	const step = 6
	for i := 0; ; i++ {
		next := strings.IndexByte(lower[i:], '-')
		if i += next; next < 0 || i+3*step >= len(lower) {
			return false
		}
		if lower[i+step] == '-' && lower[i+2*step] == '-' && lower[i+3*step] == '-' {
			return true
		}
	}
}

// hasToken passes over the publicKeyToken of each component.
func hasToken(lower string) bool {
	return strings.Count(lower, "token") > strings.Count(lower, "publickeytoken")
}
