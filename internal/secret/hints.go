package secret

import "strings"

func hasValue(text string) bool { return strings.ContainsAny(text, "=:") }

func hasLogin(text string) bool { return strings.Contains(text, "@") }

// hasOption tells whether a slash or a hyphen begins a word.
func hasOption(text string) bool {
	for i := range len(text) {
		if isOption(text, i) {
			return true
		}
	}
	return false
}

// hasOptionValue tells whether a word that a slash or a hyphen begins has a
// value, /p:x or --token=x.
func hasOptionValue(text string) bool {
	for i := range len(text) {
		if !isOption(text, i) {
			continue
		}
		end := i + 1
		for end < len(text) && isLetter(text[end]) {
			end++
		}
		if end < len(text) && (text[end] == ':' || text[end] == '=') {
			return true
		}
	}
	return false
}

func isOption(text string, at int) bool {
	return (text[at] == '/' || text[at] == '-') && at+1 < len(text) && isLetter(text[at+1]) &&
		(at == 0 || strings.IndexByte(" \t\r\n\f\"'-", text[at-1]) >= 0)
}

// hasProductKey tells whether four hyphens stand as in a product key.
func hasProductKey(text string) bool {
	const step = 6
	for i := 0; ; i++ {
		next := strings.IndexByte(text[i:], '-')
		if i += next; next < 0 || i+3*step >= len(text) {
			return false
		}
		if text[i+step] == '-' && text[i+2*step] == '-' && text[i+3*step] == '-' {
			return true
		}
	}
}

// hasToken passes over the publicKeyToken of each component.
func hasToken(text string) bool {
	const word, other = "token", "key"
	for i := 0; i+len(word) <= len(text); i++ {
		if foldedPrefix(text[i:], word) && (i < len(other) || !foldedPrefix(text[i-len(other):], other)) {
			return true
		}
	}
	return false
}
