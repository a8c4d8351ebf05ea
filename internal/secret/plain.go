package secret

import "strings"

// plain tells whether what a form takes for a secret is none. Lead is the match
// up to it, rest the text behind.
type plain func(lead, value, rest string) bool

// isAbout tells what says something about secrets and is none itself:
// PasswordExpires=FALSE, MinimumPasswordLength = 8, PasswordExpiryWarning of type
// REG_DWORD.
func isAbout(lead, value, rest string) bool {
	if at := registryNames().FindAllStringIndex(lead, -1); at != nil {
		lead = lead[at[len(at)-1][1]:] // of reg add, and of Set-ItemProperty
	}
	return isFlag(value) || topics().MatchString(lead) || numbers().MatchString(lead) || numbersBehind().MatchString(rest)
}

// isRedirection tells what a shell does with the output of net user joe >nul.
func isRedirection(_, value, _ string) bool {
	rest := strings.TrimLeft(value, "12")
	return rest != "" && (rest[0] == '<' || rest[0] == '>')
}

// isProperty tells a property of a build, /p:Configuration=Release, and the flag
// net use /p:no.
func isProperty(lead, value, _ string) bool {
	name := strings.TrimRight(strings.ToLower(lead), ":= \t")
	single := strings.HasSuffix(name, "/p") || strings.HasSuffix(name, "-p")
	return single && (isFlag(value) || properties().MatchString(value))
}

// isSwitch tells an option without a value, such as -NoPassword.
func isSwitch(lead, _, _ string) bool { return switches().MatchString(lead) }

// isFlag tells a value that nobody has for a secret.
func isFlag(value string) bool {
	switch strings.ToLower(strings.Trim(value, `"'`)) {
	case "0", "1", "true", "false", "yes", "no", "on", "off", "never", "unlimited", "$true", "$false", "$null":
		return true
	}
	return false
}

var (
	registryNames = once(`(?i)(?:/v|-Name)\s+`)

	topics = once(`(?i)^["']?[\w-]*?(?:pass?w[a-z]{0,3}d|pwd|credential)s?[-_]?` +
		`(?:expir|never|age\b|len|complex|history|polic|less|required|reuse|reveal|change|prompt|provider|manager|guard|filter|file|path|authentication)`)

	numbers       = once(`(?i)\s(?:/t\s+reg_[dq]word|-(?:Property)?Type\s+["']?[dq]word)\b`)
	numbersBehind = once(`(?i)^(?:\s+(?:/f|-Force))?\s+(?:/t\s+reg_[dq]word|-(?:Property)?Type\s+["']?[dq]word)\b`)

	properties = once(`^"?[A-Za-z_][A-Za-z_.]{2,}=[^="']`)
	switches   = once(`(?i)-nopassword\s+$`)
)
