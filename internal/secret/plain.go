package secret

import (
	"strings"
)

// match is where a form matches, and what it takes for a secret.
type match struct {
	text       string
	from       int // of the match
	start, end int // of the secret
	name       string
}

func (m match) value() string { return m.text[m.start:m.end] }

// plain tells whether what a form takes for a secret is none.
type plain func(m match) bool

// isAbout tells what says something about secrets and is none itself:
// PasswordExpires=FALSE, MinimumPasswordLength = 8, PasswordExpiryWarning of type
// REG_DWORD.
func isAbout(m match) bool {
	return isFlag(m.value()) || isReference(m) || topics().MatchString(m.name) ||
		numbers().MatchString(m.text[m.from:m.start]) || numbersBehind().MatchString(m.text[m.end:])
}

// isReference tells what only names a secret: a variable of the environment, an
// expression of PowerShell, a place for a template.
func isReference(m match) bool {
	value := strings.Trim(m.value(), `\"'`)
	return references().MatchString(value) ||
		strings.HasPrefix(value, "$") && (strings.Contains(m.text, value+" =") || strings.Contains(m.text, value+"="))
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
		return isFlag(m.value()) || isReference(m) || properties().MatchString(m.value()) && builds().MatchString(m.text[:m.from])
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
	return isReference(m) || isNext(m) || ports().MatchString(m.value()) && publishers().MatchString(m.text[:m.from])
}

// isFlag tells a value that nobody has for a secret.
func isFlag(value string) bool {
	switch strings.ToLower(strings.Trim(value, `"'`)) {
	case "0", "1", "true", "false", "yes", "no", "on", "off", "never", "unlimited", "$true", "$false", "$null", "*":
		return true
	}
	return false
}

var (
	topics = once(`(?i)^(?:[\w-]*?(?:pass?w[a-z]{0,3}d|pwd|credential)s?[-_]?` +
		`(?:expir|never|age\b|len|complex|history|polic|less|required|reuse|reveal|change|prompt|provider|manager|guard|filter|file|path|authentication)` +
		`|\w*publickeytoken$|[\w-]*(?:key|token|secret)[-_]?(?:name|id|path|file|vault)$)`)

	numbers       = once(`(?i)\s(?:/t\s+reg_[dq]word|-(?:Property)?Type\s+["']?[dq]word)\b`)
	numbersBehind = once(`(?i)^(?:\s+(?:/f|-Force))?\s+(?:/t\s+reg_[dq]word|-(?:Property)?Type\s+["']?[dq]word)\b`)

	references = once(`(?i)^(?:\*$|%[^%\s]+%|!\w+!|\$env:\w+|\$args\[\d+\]|\$\{[\w:.]+\}|[$@]\(.*|\(|\((?:[a-z]+-[a-z]+|\$|\[).*|\{\{.*` +
		`|(?:Get-\w+|Read-Host|New-Object|ConvertTo-SecureString|ConvertFrom-SecureString|Import-Clixml))$`)

	builds     = once(`(?i)\b(?:msbuild|dotnet|xbuild|devenv|nuget|sqlpackage)\b|proj\b|\.sln\b`)
	properties = once(`^"?[A-Za-z_][A-Za-z_.]{2,}=(?:["']?[^="']|$)`)
	without    = once(`(?i)[-/](?:no|ask|without|prompt)-?[a-z-]*\s+$`)
	nextOption = once(`^(?:--?|/)[A-Za-z][A-Za-z-]*:?$`)
	ports      = once(`^(?:[\d.]+:)?\d{1,5}(?:-\d+)?(?::\d{1,5}(?:-\d+)?)?(?:/tcp|/udp)?$`)
	publishers = once(`(?i)\b(?:docker|podman|mysql|psql|ssh|sftp|plink)\b`)
)
