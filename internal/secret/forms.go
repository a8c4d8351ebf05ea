package secret

import (
	"regexp"
	"sync"
)

// form is a way in which a secret stands in a text.
type form struct {
	needs   [][]string             // words, without regard to case: the text has at least one of each group
	hint    func(text string) bool // what else it cannot do without; nil = nothing
	pattern func() *regexp.Regexp  // its group "secret" is the secret
	plain   plain                  // whether what stands there is none after all; nil = it always is one
}

// once compiles a pattern when it is first needed: most runs need few.
func once(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

// word is one argument of a command line, in quotes or not; argument is one that
// stands apart from its name, and so may be an option or the sign of a shell.
const (
	word     = `(?P<secret>"[^"]*"?|'[^']*'?|[^\s"',;|&]+)`
	argument = `(?P<secret>"[^"]*"?|[^\s/*|&<>"]\S*)`
)

// names promise that their value is a secret; misspelt ones as in pasword too.
const (
	names  = `(?i)(?:pass?w[a-z]{0,3}d|passphrase|pwd|secret|apikey|api[-_]key|credential|accountkey)[\w-]*"?`
	tokens = `(?i)\b(?:access|auth|bearer|api|sas|refresh|id|session)?[-_]?token"?` // and no PublicKeyToken
)

var inNames = []string{"passw", "pasw", "passphrase", "pwd", "secret", "apikey", "api-key", "api_key", "credential", "accountkey"}

// programs are command lines, which Windows logs in full: options of any program
// such as /p:x, /password x, -Password x, --token x and /rp x, and what single
// ones take.
var programs = []form{
	{hint: hasOptionValue, plain: isProperty,
		pattern: once(`(?i)(?:^|[\s"'])(?:/|--?)(?:p|pd|po|pw|rp|pass|passw|password|passwd|pwd|token|secret|apikey)[:=]\s*` + word)},
	{needs: [][]string{{"rp", "pw", "pass", "token", "secret"}}, hint: hasOption, plain: isSwitch,
		pattern: once(`(?i)(?:^|[\s"'])(?:/|--?)(?:rp|pw|pass|\w*password|\w*passwd|\w*passphrase|\w*pwd|passwordd|passwordo|token|secret)\s+` + word)},
	{needs: [][]string{{"schtasks", "exec", "wbadmin", "cmdkey", "sshpass", "sqlcmd", "osql", "bcp"}}, hint: hasOption,
		pattern: once(`(?i)\b(?:schtasks|psexec|paexec|wbadmin|cmdkey|sshpass|sqlcmd|osql|bcp)\S*\s.*?\s[-/](?:p|rp|u:p)\s+` + word)},
	{needs: [][]string{{"7z", "rar", "mysql"}}, hint: hasOption,
		pattern: once(`(?i)\b(?:7z\w?|(?:un|win)?rar|mysql\w*)(?:\.exe)?"?\s(?:.*?\s)??-h?p(?P<secret>"[^"]*"?|[^\s"]+)`)},
	{needs: [][]string{{"net"}, {"user"}}, plain: isRedirection,
		pattern: once(`(?i)\bnet1?(?:\.exe)?"?\s+user\s+(?:/\S+\s+)*(?:"[^"]*"|[^\s/"]\S*)\s+(?:/\S+\s+)*` + argument)},
	{needs: [][]string{{"net"}, {"use"}, {`\\`}}, plain: isRedirection,
		pattern: once(`(?i)\bnet1?(?:\.exe)?"?\s+use\s+(?:(?:[a-z]:\\?|lpt\d:?|\*)\s*)?(?:"\\\\[^"]*"|\\\\[^\s"]+)\s+(?:/\S+\s+)*` + argument)},
	{needs: [][]string{{"reg"}, {"add"}, inNames, {"/d"}}, plain: isAbout,
		pattern: once(`(?i)\breg(?:\.exe)?"?\s+add\s.*?/v\s+"?[^\s"]*(?:password|passphrase|pwd|secret)[^\s"]*"?\s.*?/d\s+` + word)},
	{needs: [][]string{{"-name"}, {"-value"}, inNames}, plain: isAbout,
		pattern: once(`(?i)-Name\s+["']?\w*(?:password|passphrase|pwd|secret)\w*["']?\s.*?-Value\s+` + word)},
	{needs: [][]string{{"curl"}}, hint: hasValue,
		pattern: once(`(?i)\bcurl(?:\.exe)?"?\s(?:.*?\s)??(?:-u|--user)[\s=]*"?[^\s:"]+:(?P<secret>[^\s"]+)`)},
	{needs: [][]string{{"autologon"}},
		pattern: once(`(?i)\bautologon(?:64)?(?:\.exe)?"?\s+(?:/accepteula\s+)?[^\s/]\S*\s+\S+\s+(?P<secret>"[^"]*"|[^\s/]\S*)`)},
	{needs: [][]string{{"securestring"}}, // of a variable or an expression nothing is known
		pattern: once(`(?i)ConvertTo-SecureString\s+(?:-(?:String|AsPlainText|Force)\s+)*(?P<secret>"[^"]*"?|'[^']*'?|[^\s"',;|&$(@-][^\s"',;|&]*)`)},
	{needs: [][]string{{"networkcredential", "setpassword"}},
		pattern: once(`(?i)(?:\bNetworkCredential(?:\]::new)?\s*\(\s*(?:"[^"]*"|'[^']*')\s*,|\bSetPassword(?:\s*\(|["']\s*,))\s*(?P<secret>"[^"]*"?|'[^']*'?)`)},
	{needs: [][]string{{"netsh"}, {"key"}},
		pattern: once(`(?i)\bnetsh(?:\.exe)?"?\s.*?\s(?:key|userkey)=\s*` + word)},
	{needs: [][]string{{"://"}}, hint: hasLogin,
		pattern: once(`(?i)\w+://[^\s/:@]+:(?P<secret>[^\s/@]+)@`)},
	{hint: hasProductKey,
		pattern: once(`(?i)\b(?P<secret>[a-z0-9]{5}(?:-[a-z0-9]{5}){4})\b`)},
}

// logForms find what must not be shown of a line of a log: key=value and
// key: value, of XML, JSON and connection strings too, and command lines.
var logForms = newSearch(append([]form{
	{needs: [][]string{inNames}, hint: hasValue, plain: isAbout, pattern: once(names + `\s*[=:]\s*` + word)},
	{needs: [][]string{{"token"}}, hint: hasToken, pattern: once(tokens + `\s*[=:]\s*` + word)},
	{needs: [][]string{{"password>", "value>", "secret>", "productkey>", "keymaterial>"}},
		pattern: once(`(?i)<(?:\w+:)?\w*(?:password|value|secret|productkey|keymaterial)>(?P<secret>[^<]+)`)},
	{needs: [][]string{{"bearer", "basic"}}, pattern: once(`(?i)\b(?:bearer|basic)\s+(?P<secret>[a-z0-9+/_.=-]{8,})`)},
}, programs...))

// commandForms find what must not be shown of a command line. A value stands
// right behind its name there.
var commandForms = newSearch(append([]form{
	{needs: [][]string{inNames}, hint: hasValue, plain: isAbout, pattern: once(names + `(?:\s*=\s*|:)` + word)},
	{needs: [][]string{{"token"}}, hint: hasToken, pattern: once(tokens + `(?:\s*=\s*|:)` + word)},
	{needs: [][]string{{"keymaterial>"}}, pattern: once(`(?i)<(?:\w+:)?keyMaterial>(?P<secret>[^<]+)`)}, // of a wireless network
	{needs: [][]string{{"authorization"}}, pattern: once(`(?i)\bauthorization:\s*\w+\s+(?P<secret>[a-z0-9+/_.=-]{8,})`)},
}, programs...))
