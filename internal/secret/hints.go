package secret

import "strings"

func hasValue(text string) bool { return strings.ContainsAny(text, "=:") }

func hasElement(text string) bool { return strings.Contains(text, ">") }

func hasLogin(text string) bool { return strings.Contains(text, "@") }

// hasQuery tells whether an address may have a query.
func hasQuery(text string) bool {
	at := strings.IndexByte(text, '?')
	return at >= 0 && strings.IndexByte(text[at:], '=') >= 0
}

// hasQuotedValue tells whether a name stands in quotes with or before its value.
func hasQuotedValue(text string) bool { return strings.ContainsAny(text, `"'`) && hasValue(text) }

// hasPass tells a name that ends in pass from the pass of an answer file.
func hasPass(text string) bool {
	const word = "pass"
	for i := 1; i+len(word) < len(text); i++ {
		if (isLetter(text[i-1]) || text[i-1] == '_' || text[i-1] == '$') && foldedPrefix(text[i:], word) {
			return hasValue(text)
		}
	}
	return false
}

// hasOption tells whether a slash or a hyphen begins a word.
func hasOption(text string) bool {
	return anyOption(text, func(string, byte) bool { return true })
}

// hasOptionValue tells whether a word that a slash or a hyphen begins has a
// value, /p:x or --token=x.
func hasOptionValue(text string) bool {
	return anyOption(text, func(name string, behind byte) bool {
		return (behind == ':' || behind == '=') && strings.IndexByte(name, '-') < 0
	})
}

// hasSecretOption tells whether the value of an option that stands apart may be a
// secret.
func hasSecretOption(text string) bool {
	return anyOption(text, func(name string, behind byte) bool {
		if len(name) < 2 || !isBlank(behind) {
			return false
		}
		switch name[len(name)-1] | 0x20 {
		case 'd', 'p', 'w', 's', 'e', 't', 'n', 'y', 'o', 'g': // of password, rp, pw, pass, passphrase, secret, token, key, passwordo, secret-string
			return len(name) == 2 || containsSecret(name)
		}
		return false
	})
}

func containsSecret(name string) bool {
	for i := range name {
		for _, word := range [...]string{"pass", "pwd", "secret", "token", "key", "pin"} {
			if foldedPrefix(name[i:], word) {
				return true
			}
		}
	}
	return false
}

// hasLoginOptions tells whether a text has both -u and -p, apart from their
// values.
func hasLoginOptions(text string) bool {
	user := anyOption(text, func(name string, _ byte) bool { return len(name) >= 1 && name[0]|0x20 == 'u' })
	return user && anyOption(text, func(name string, behind byte) bool {
		return len(name) == 1 && name[0]|0x20 == 'p' && isBlank(behind)
	})
}

// anyOption tells whether an option of a text, with the byte behind its name, is
// one that is looked for.
func anyOption(text string, is func(name string, behind byte) bool) bool {
	for i := 0; i < len(text); i++ {
		if !isOption(text, i) {
			continue
		}
		end := i + 1
		for end < len(text) && (isLetter(text[end]) || text[end] == '-') {
			end++
		}
		behind := byte(0)
		if end < len(text) {
			behind = text[end]
		}
		if is(strings.TrimLeft(text[i+1:end], "-"), behind) {
			return true
		}
	}
	return false
}

func isBlank(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

func isOption(text string, at int) bool {
	return (text[at] == '/' || text[at] == '-') && at+1 < len(text) && isLetter(text[at+1]) &&
		(at == 0 || strings.IndexByte(" \t\r\n\f\"'(-", text[at-1]) >= 0)
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

// hasKeyValue passes over keys of the registry that have no value.
func hasKeyValue(text string) bool {
	const word = "key"
	for i := 0; i+len(word) < len(text); i++ {
		if !foldedPrefix(text[i:], word) {
			continue
		}
		rest := strings.TrimLeft(text[i+len(word):], " \t\r\n\f\\\"'")
		if rest != "" && (rest[0] == '=' || rest[0] == ':') {
			return true
		}
	}
	return false
}
