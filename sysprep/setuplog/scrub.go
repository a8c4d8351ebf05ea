package setuplog

import (
	"regexp"
	"strings"
	"sync"
)

// secretForms find what must not be shown of a line: Windows logs command
// lines in full. The secret is the group named "secret".
var secretForms = sync.OnceValue(func() []*regexp.Regexp {
	const value = `(?P<secret>"[^"]*"?|'[^']*'?|[^\s"',;|&]+)`
	forms := []string{
		// key=value and key: value, of XML, JSON and connection strings too;
		// misspelt ones as in pasword
		`(?i)[\w-]*(?:pass?w[a-z]{0,3}d|passphrase|pwd|secret|apikey|api[-_]key|credential|accountkey)[\w-]*"?\s*[=:]\s*` + value,
		`(?i)\b(?:access|auth|bearer|api|sas|refresh|id|session)?[-_]?token"?\s*[=:]\s*` + value, // and no PublicKeyToken
		`(?i)<(?:\w+:)?\w*(?:password|value|secret|productkey)>(?P<secret>[^<]+)`,
		// options of command lines: /p:x, /password x, -Password x, --token x, /rp x
		`(?i)(?:^|[\s"'])(?:/|--?)(?:p|pw|rp|pass|passw|password|passwd|pwd|token|secret|apikey)[:=]\s*` + value,
		`(?i)(?:^|[\s"'])(?:/|--?)(?:rp|pw|pass|password|passwd|passphrase|pwd|passwordd|passwordo|token|secret|adminpassword)\s+` + value,
		`(?i)\b(?:schtasks|psexec|psexec64|wbadmin|cmdkey|plink|sshpass|mysql|curl|sqlcmd|osql|bcp)\S*\s.*?\s[-/](?:p|rp|u:p)\s+` + value,
		`(?i)\bnet1?(?:\.exe)?\s+user\s+(?:"[^"]*"|\S+)\s+(?P<secret>"[^"]*"|[^\s/*][^\s]*)`,
		`(?i)\bnet1?(?:\.exe)?\s+use\s+(?:[a-z]:|\*)?\s*\\\\\S+\s+(?P<secret>"[^"]*"|[^\s/*][^\s]*)`,
		`(?i)ConvertTo-SecureString\s+(?:-String\s+)?` + value,
		`(?i)\w+://[^\s/:@]+:(?P<secret>[^\s/@]+)@`,
		`(?i)\b(?:bearer|basic)\s+(?P<secret>[a-z0-9+/_.=-]{8,})`,
		// product keys
		`(?i)\b(?P<secret>[a-z0-9]{5}(?:-[a-z0-9]{5}){4})\b`,
	}
	compiled := make([]*regexp.Regexp, len(forms))
	for i, f := range forms {
		compiled[i] = regexp.MustCompile(f)
	}
	return compiled
})

// hidden stands in place of a secret.
const hidden = "***"

// Scrub returns a text of a log fit to be shown: passwords of command lines
// and product keys are replaced by ***, and nothing in it steers a terminal.
func Scrub(text string) string {
	for _, form := range secretForms() {
		text = hide(form, text)
	}
	return printable(text)
}

func hide(form *regexp.Regexp, text string) string {
	found := form.FindAllStringSubmatchIndex(text, -1)
	if found == nil {
		return text
	}
	var b strings.Builder
	group, last := form.SubexpIndex("secret"), 0
	for _, m := range found {
		start, end := m[2*group], m[2*group+1]
		if start < last || end <= start {
			continue
		}
		b.WriteString(text[last:start])
		b.WriteString(hidden)
		last = end
	}
	b.WriteString(text[last:])
	return b.String()
}

// printable keeps a text from a file from steering a terminal: control
// characters, line ends and changes of direction become blanks.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ', r >= 0x7f && r < 0xa0, r >= 0x2028 && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}
