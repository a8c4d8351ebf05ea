package secret

import (
	"regexp"
	"strings"
)

// match is where a form matches, and what it takes for a secret.
type match struct {
	text       string
	from       int // of the match
	start, end int // of the secret
	name       string
	first      map[*regexp.Regexp]int // where in the text the first match of a pattern ends
}

func (m match) value() string { return m.text[m.start:m.end] }

// follows tells whether a pattern matches in front of what the form matches. It
// is looked for once in a text, which may have many thousand matches.
func (m match) follows(pattern *regexp.Regexp) bool {
	end, known := m.first[pattern]
	if !known {
		end = len(m.text) + 1
		if at := pattern.FindStringIndex(m.text); at != nil {
			end = at[1]
		}
		m.first[pattern] = end
	}
	return end <= m.from
}

// near is what stands around the secret, as far as one command line goes.
func (m match) near() string {
	return m.text[max(0, m.start-longestFold):min(len(m.text), m.end+longestFold)]
}

// plain tells whether what a form takes for a secret is none.
type plain func(m match) bool

// isAbout tells what says something about secrets and is none itself:
// PasswordExpires=FALSE, MinimumPasswordLength = 8, PasswordExpiryWarning of type
// REG_DWORD.
func isAbout(m match) bool {
	return isFlag(m.value()) || isReference(m) || topics().MatchString(m.name) || prompts().MatchString(m.text[max(0, m.start-shortName):m.start]) ||
		numbers().MatchString(m.text[m.from:m.start]) || numbersBehind().MatchString(m.text[m.end:])
}

// isReference tells what only names a secret: a variable of the environment, an
// expression of PowerShell, a place for a template.
func isReference(m match) bool {
	value := strings.Trim(m.value(), `\"'`)
	return references().MatchString(value) ||
		strings.HasPrefix(value, "$") && (strings.Contains(m.near(), value+" =") || strings.Contains(m.near(), value+"="))
}

// isShell tells what a shell does with the output of net user joe >nul.
func isShell(m match) bool {
	rest := strings.TrimLeft(m.value(), "12")
	return rest != "" && (rest[0] == '<' || rest[0] == '>') || isReference(m)
}

// isProperty tells a property of a build, /p:Configuration=Release, the flag net
// use /p:no, and the place of a key.
func isProperty(m match) bool {
	switch name := strings.ToLower(strings.Trim(m.text[m.from:m.start], "\"':= \t")); name[1:] {
	case "p":
		return isFlag(m.value()) || isReference(m) || properties().MatchString(m.value()) && m.follows(builds())
	case "key", "-key":
		return isReference(m) || strings.ContainsAny(m.value(), `\/`)
	}
	return isReference(m)
}

// isSwitch tells an option without a value, such as -NoPassword.
func isSwitch(m match) bool {
	return isReference(m) || isNext(m) || without().MatchString(m.text[m.from:m.start])
}

// isNext tells the next option, of one that has no value.
func isNext(m match) bool { return nextOption().MatchString(m.value()) }

// isPort tells the ports of docker run -u joe -p 80:80, and of clients.
func isPort(m match) bool {
	return isReference(m) || isNext(m) || ports().MatchString(m.value()) && m.follows(publishers())
}

// isFlag tells a value that nobody has for a secret.
func isFlag(value string) bool {
	switch strings.ToLower(strings.Trim(value, `"'`)) {
	case "0", "1", "true", "false", "yes", "no", "on", "off", "never", "unlimited", "$true", "$false", "$null", "*", "clear":
		return true
	}
	return false
}

// shortName is more than the name of a variable has.
const shortName = 64

var (
	topics = once(`(?i)^(?:[\w-]*?(?:pass?w[a-z]{0,3}d|pwd|credential)s?[-_]?` +
		`(?:expir|never|age\b|len|complex|history|polic|less|required|reuse|reveal|change|prompt|provider|manager|guard|filter|file|path|authentication)` +
		`|\w*publickeytoken$|[\w-]*(?:key|token|secret)[-_]?(?:name|id|path|file|vault)$)`)

	numbers       = once(`(?i)\s(?:/t\s+reg_[dq]word|-(?:Property)?Type\s+["']?[dq]word)\b`)
	numbersBehind = once(`(?i)^(?:\s+(?:/f|-Force))?\s+(?:/t\s+reg_[dq]word|-(?:Property)?Type\s+["']?[dq]word)\b`)

	references = once(`(?i)^(?:\*$|%%?~?\w$|(?:id|type)=\w.*|%[^%\s]+%|!\w+!|\$env:\w+|\$args\[\d+\]|\$\{[\w:.]+\}|[$@]\(.*|\(|\((?:[a-z]+-[a-z]+|\$|\[).*|\{\{.*` +
		`|(?:Get-\w+|Read-Host|New-Object|ConvertTo-SecureString|ConvertFrom-SecureString|Import-Clixml))$`)

	prompts    = once(`(?i)\bset\s+/p\s+["']?[\w-]+=$`) // what asks for it
	builds     = once(`(?i)\b(?:msbuild|dotnet|xbuild|devenv|nuget|sqlpackage)\b|proj\b|\.sln\b`)
	properties = once(`^"?[A-Za-z_][A-Za-z_.]{2,}=(?:["']?[^="']|$)`)
	without    = once(`(?i)[-/](?:no|ask|without|prompt)-?[a-z-]*\s+$`)
	nextOption = once(`^(?:--?|/)[A-Za-z][A-Za-z-]*:?$`)
	ports      = once(`^(?:[\d.]+:)?\d{1,5}(?:-\d+)?(?::\d{1,5}(?:-\d+)?)?(?:/tcp|/udp)?$`)
	publishers = once(`(?i)\b(?:docker|podman|mysql|psql|ssh|sftp|plink)\b`)
)
