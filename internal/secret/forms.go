package secret

import (
	"regexp"
	"sync"
)

// form is a way in which a secret stands in a text.
type form struct {
	needs   [][]string             // words, without regard to case: the text has at least one of each group
	hint    func(text string) bool // what else it cannot do without; nil = nothing
	pattern func() *regexp.Regexp  // its group "secret" is the secret, "name" what is said to be one
	plain   plain                  // whether what stands there is none after all; nil = it always is one
	encoded bool                   // the secret is a command line in Base64: one if that holds one
}

// once compiles a pattern when it is first needed: most runs need few.
func once(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

// quoted is a text in quotes, which may be open, escaped for a shell or doubled.
// word is one argument of a command line, in quotes or not; argument is one that
// stands apart from its name, and so may be an option or the sign of a shell.
const (
	quoted   = `\\+"[^"]*"?|""[^"\s][^"]*(?:"")?|"(?:[^"]|"")*"?|'(?:[^']|'')*'?`
	word     = `(?P<secret>` + quoted + `|[^\s"',;|&]+)`
	token    = `(?P<secret>` + quoted + `|[^\s"',;|&@]+)` // of an address, too
	argument = `(?P<secret>` + quoted + `|[^\s/*|&<>"']\S*)`
)

// names promise that their value is a secret; misspelt ones as in pasword too.
const (
	names     = `(?i)(?P<name>(?:pass?w[a-z]{0,3}d|passphrase|pwd|secret|credential)[\w-]*)\\?["']?`
	tokens    = `(?i)\b(?P<name>[\w-]*token)\\?["']?`
	keys      = `(?i)\b(?P<name>[\w-]*(?:access|account|activation|api|auth|enrol+ment|licen[sc]e|shared|storage|subscription|encryption)[-_]?key)\\?["']?`
	variables = `(?i)(?P<name>\$\w*pass|\w_pass|` + owners + `pass)["']?` // and not the pass of an answer file

	owners = `(?:admin|user|service|svc|account|login|domain|join|sql|db|root|proxy|mail|cert|pfx)`

	secretName = `(?P<name>[\w-]*(?:password|passwd|passphrase|_pass\b|pwd|secret|token|api[-_]?key|access[-_]?key|account[-_]?key|auth[-_]?key|licen[sc]e[-_]?key)[\w-]*)`
)

var (
	inNames     = []string{"passw", "pasw", "passphrase", "pwd", "secret", "credential"}
	secretWords = append(inNames[:len(inNames):len(inNames)], "_pass", "token", "key")
)

// assigned are names with their value in logs and in command lines, by what may
// stand between them.
func assigned(between string) []form {
	return []form{
		{needs: [][]string{inNames}, hint: hasValue, plain: isAbout, pattern: once(names + between + word)},
		{needs: [][]string{{"token"}}, hint: hasToken, plain: isAbout, pattern: once(tokens + between + token)},
		{needs: [][]string{{"key"}}, hint: hasKeyValue, plain: isAbout, pattern: once(keys + between + word)},
		{needs: [][]string{{"pass"}}, hint: hasPass, plain: isAbout, pattern: once(variables + `\s*[=:]\s*` + word)},
		{needs: [][]string{inNames}, hint: hasQuotedValue, plain: isAbout, // set "X_PASSWORD=a b"
			pattern: once(`(?i)["'](?:/|--?)?` + secretName + `=(?P<secret>[^"';]+)`)},
		{needs: [][]string{{"authorization"}}, plain: isReference,
			pattern: once(`(?i)\bauthorization\\?["']?\s*[:=]\s*\\?["']?(?:basic|bearer|token|\w+)\s+(?P<secret>[a-z0-9+/_.=-]{8,})`)},
		{needs: [][]string{{"-key", "-token"}}, hint: hasValue, plain: isReference, // of a request: X-Api-Key: x
			pattern: once(`(?i)["'][\w-]+-(?:key|token):\s+(?P<secret>[^\s"']+)`)},
	}
}

// logForms find what must not be shown of a line of a log: key=value and
// key: value, of XML, JSON and connection strings too, and command lines.
var logForms = newSearch(assigned(`\s*[=:]\s*`), []form{
	{needs: [][]string{{"passw", "value>", "secret", "key"}}, hint: hasElement,
		pattern: once(`(?i)<(?:\w+:)?\w*(?:password|value|secret|productkey|keymaterial)>(?P<secret>[^<]+)`)},
	{needs: [][]string{{"bearer", "basic"}}, pattern: once(`(?i)\b(?:bearer|basic)\s+(?P<secret>[a-z0-9+/_.=-]{8,})`)},
}, options, programs, scripts, texts)

// commandForms find what must not be shown of a command line. A value stands
// right behind its name there.
var commandForms = newSearch(assigned(`(?:\s*=\s*|:)`), []form{
	{needs: [][]string{{"keymaterial>"}}, pattern: once(`(?i)<(?:\w+:)?keyMaterial>(?P<secret>[^<]+)`)}, // of a wireless network
	{needs: [][]string{inNames}, hint: hasQuotedValue, plain: isAbout,
		pattern: once(`(?i)"` + secretName + `\\?"\s*:\s*(?P<secret>\\?"[^"]*"?)`)}, // of JSON
}, options, programs, scripts, texts)

// texts are secrets by their own look, and those of addresses.
var texts = []form{
	{needs: [][]string{{"://"}}, hint: hasLogin, plain: isReference,
		pattern: once(`(?i)\w+://[^\s/:@]+:(?P<secret>[^\s/@]+)@`)},
	{needs: [][]string{{"://"}}, hint: hasQuery, plain: isReference, // what signs a request
		pattern: once(`(?i)[?&](?:sig|code|key|subscription-key|[\w-]*signature)=(?P<secret>[^&\s"'<>]+)`)},
	{needs: [][]string{{"ghp_", "ghs_", "github_pat_", "glpat-", "eyj"}}, // of GitHub and GitLab, and JSON Web Tokens
		pattern: once(`\b(?P<secret>gh[ps]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|eyJ[\w-]{10,}\.eyJ[\w-]+\.[\w-]+)`)},
	{hint: hasProductKey,
		pattern: once(`(?i)\b(?P<secret>[a-z0-9]{5}(?:-[a-z0-9]{5}){4})\b`)},
}
