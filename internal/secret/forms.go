package secret

import (
	"regexp"
	"strings"
	"sync"
)

// form is a way in which a secret stands in a text.
type form struct {
	pattern *regexp.Regexp
	secret  int // its group
}

// word is one argument of a command line, in quotes or not.
const word = `(?P<secret>"[^"]*"?|'[^']*'?|[^\s"',;|&]+)`

// names promise that their value is a secret; misspelt ones as in pasword too.
const (
	names  = `(?i)[\w-]*(?:pass?w[a-z]{0,3}d|passphrase|pwd|secret|apikey|api[-_]key|credential|accountkey)[\w-]*"?`
	tokens = `(?i)\b(?:access|auth|bearer|api|sas|refresh|id|session)?[-_]?token"?` // and no PublicKeyToken
)

// programs are command lines, which Windows logs in full: options of any program
// such as /p:x, /password x, -Password x, --token x and /rp x, and what single
// ones take.
var programs = []string{
	`(?i)(?:^|[\s"'])(?:/|--?)(?:p|pd|po|pw|rp|pass|passw|password|passwd|pwd|token|secret|apikey)[:=]\s*` + word,
	`(?i)(?:^|[\s"'])(?:/|--?)(?:rp|pw|pass|password|passwd|passphrase|pwd|passwordd|passwordo|token|secret|adminpassword)\s+` + word,
	`(?i)\b(?:schtasks|psexec|psexec64|wbadmin|cmdkey|plink|sshpass|mysql|curl|sqlcmd|osql|bcp)\S*\s.*?\s[-/](?:p|rp|u:p)\s+` + word,
	`(?i)\bnet1?(?:\.exe)?"?\s+user\s+(?:"[^"]*"|\S+)\s+(?P<secret>"[^"]*"|[^\s/*][^\s]*)`,
	`(?i)\bnet1?(?:\.exe)?"?\s+use\s+(?:[a-z]:|\*)?\s*\\\\\S+\s+(?P<secret>"[^"]*"|[^\s/*][^\s]*)`,
	`(?i)\breg(?:\.exe)?"?\s+add\s.*?/v\s+"?[^\s"]*(?:password|passphrase|pwd|secret)[^\s"]*"?\s.*?/d\s+` + word,
	`(?i)-Name\s+["']?\w*(?:password|passphrase|pwd|secret)\w*["']?\s.*?-Value\s+` + word,
	`(?i)\bcurl(?:\.exe)?"?\s(?:.*?\s)??(?:-u|--user)[\s=]*"?[^\s:"]+:(?P<secret>[^\s"]+)`,
	`(?i)\bautologon(?:64)?(?:\.exe)?"?\s+(?:/accepteula\s+)?[^\s/]\S*\s+\S+\s+(?P<secret>"[^"]*"|[^\s/]\S*)`,
	`(?i)ConvertTo-SecureString\s+(?:-(?:String|AsPlainText|Force)\s+)*` + word,
	`(?i)\w+://[^\s/:@]+:(?P<secret>[^\s/@]+)@`,
	// product keys
	`(?i)\b(?P<secret>[a-z0-9]{5}(?:-[a-z0-9]{5}){4})\b`,
}

// logForms find what must not be shown of a line of a log: key=value and
// key: value, of XML, JSON and connection strings too, and command lines.
var logForms = sync.OnceValue(func() []form {
	return compile(append([]string{
		names + `\s*[=:]\s*` + word,
		tokens + `\s*[=:]\s*` + word,
		`(?i)<(?:\w+:)?\w*(?:password|value|secret|productkey)>(?P<secret>[^<]+)`,
		`(?i)\b(?:bearer|basic)\s+(?P<secret>[a-z0-9+/_.=-]{8,})`,
	}, programs...))
})

// commandForms find what must not be shown of a command line. A value stands
// right behind its name there.
var commandForms = sync.OnceValue(func() []form {
	return compile(append([]string{
		names + `(?:\s*=\s*|:)` + word,
		tokens + `(?:\s*=\s*|:)` + word,
		`(?i)\bauthorization:\s*\w+\s+(?P<secret>[a-z0-9+/_.=-]{8,})`,
	}, programs...))
})

func compile(patterns []string) []form {
	forms := make([]form, len(patterns))
	for i, p := range patterns {
		pattern := regexp.MustCompile(p)
		forms[i] = form{pattern, pattern.SubexpIndex("secret")}
	}
	return forms
}

// clues are what a text has at least one of that holds a secret of any form:
// looking for them is much cheaper than the forms are.
var clues = [...]string{"pass", "pasw", "pwd", "secret", "key", "credential", "token", "/p", "-p", ":p", "rp", "pw", "net", "curl", "://",
	"securestring", "authorization", "autologon", "value>", "bearer", "basic"}

func suspicious(text string) bool {
	if strings.Count(text, "-") >= 4 { // of a product key
		return true
	}
	text = strings.ToLower(text)
	for _, clue := range clues {
		if strings.Contains(text, clue) {
			return true
		}
	}
	return false
}
