package secret

// options are those of any program, /p:x, /password x, --token x and /rp x, and
// a login with them: -u joe -p x.
var options = []form{
	{hint: hasOptionValue, plain: isProperty,
		pattern: once(`(?i)(?:^|[\s"'])(?:/|--?)(?:p|pd|po|pw|rp|cup|pin|key|pass|passw|password|passwd|pwd|token|secret|apikey)[:=]\s*` + word)},
	{hint: hasSecretOption, plain: isSwitch,
		pattern: once(`(?i)(?:^|[\s"'(])(?:/|--?)(?:rp|pw|pass|pin|tpmandpin|[\w-]*(?:password|passwd|passphrase|pwd|secret|secret-string|token|storepass|keypass|` + owners + `pass|(?:api|auth|access|account|licen[sc]e)[-_]?key)|passwordd|passwordo)\s+` + word)},
	{hint: hasLoginOptions, plain: isPort,
		pattern: once(`(?i)[\s"'][-/](?:u|user|username)[\s:=]+(?:"[^"]*"|[^\s"]\S*)\s(?:[^|]*?\s)??[-/]p\s+` + word)},
}

// programs are command lines of single programs, which Windows logs in full.
var programs = []form{
	{needs: [][]string{{"schtasks", "exec", "wbadmin", "cmdkey", "sshpass", "sqlcmd", "osql", "bcp", "certutil", "signtool", "unzip", "login", "dev-certs"}}, hint: hasOption, plain: isNext,
		pattern: once(`(?i)\b(?:schtasks|psexec|paexec|wbadmin|cmdkey|sshpass|sqlcmd|osql|bcp|certutil|signtool|unzip|login|dev-certs)\S*\s(?:.*?\s)??[-/](?:p|rp|u:p)\s+` + word)},
	{needs: [][]string{{"7z", "rar", "mysql"}}, hint: hasOption,
		pattern: once(`(?i)\b(?:7z\w?|(?:un|win)?rar|mysql\w*)(?:\.exe)?"?\s(?:.*?\s)??-h?p(?P<secret>"[^"]*"?|[^\s"]+)`)},
	{needs: [][]string{{"mysql"}, {"passw"}}, plain: isReference,
		pattern: once(`(?i)\bmysqladmin(?:\.exe)?"?\s.*?\spassword\s+` + word)},
	{needs: [][]string{{"net"}, {"user"}}, plain: isShell,
		pattern: once(`(?i)\bnet1?(?:\.exe)?"?\s+user\s+` + switches + `(?:"[^"]*"|[^\s/"]\S*)\s+` + switches + argument)},
	{needs: [][]string{{"net"}, {"use"}, {`\\`, "://"}}, plain: isShell,
		pattern: once(`(?i)\bnet1?(?:\.exe)?"?\s+use\s+` + switches + `(?:(?:[a-z]:\\?|lpt\d:?|\*)\s*)?` + switches + `(?:"\\\\[^"]*"|\\\\[^\s"]+|https?://\S+)\s+` + switches + argument)},
	{needs: [][]string{{"curl"}}, hint: hasValue, plain: isReference,
		pattern: once(`(?i)\bcurl(?:\.exe)?"?\s(?:.*?\s)??(?:-u|--user|--proxy-user)[\s=]*["']?[^\s:"']+:(?P<secret>[^\s"']+)`)},
	{needs: [][]string{{"autologon"}}, plain: isReference,
		pattern: once(`(?i)\bautologon(?:64)?(?:\.exe)?"?\s+(?:[-/]accepteula\s+)?[^\s/-]\S*\s+\S+\s+(?P<secret>"[^"]*"|[^\s/]\S*)`)},
	{needs: [][]string{{"netsh"}, {"key"}}, plain: isAbout,
		pattern: once(`(?i)\bnetsh(?:\.exe)?"?\s.*?\s(?:key|userkey|keymaterial)=\s*` + word)},
	{needs: [][]string{{"slmgr"}}, // of another computer; a message may hold but the start
		pattern: once(`(?i)\bslmgr(?:\.vbs)?"?\s+[^\s/]\S*\s+[^\s/]\S*\s+(?P<secret>[^\s/]\S*)\s+(?:/|\.\.\.)`)},
	{needs: [][]string{{"credential"}}, plain: isReference, // of bitsadmin: job, target, scheme, user
		pattern: once(`(?i)\s/SetCredentials\s+\S+\s+(?:server|proxy)\s+\w+\s+(?:"[^"]*"|\S+)\s+` + argument)},
	{needs: [][]string{{"openssl"}}, plain: isReference,
		pattern: once(`(?i)\s-(?:pass|passin|passout)\s+pass:` + word)},
	{needs: [][]string{{"reg"}, {"add"}, secretWords, {"/d"}}, plain: isAbout,
		pattern: once(`(?i)\breg(?:\.exe)?"?\s+add\s.*?/v\s+"?` + secretName + `"?\s.*?/d\s+` + word)},
	{needs: [][]string{{"reg"}, {"add"}, secretWords, {"/d"}}, plain: isAbout,
		pattern: once(`(?i)\breg(?:\.exe)?"?\s+add\s[^&|]*?/d\s+` + word + `\s[^&|]*?/v\s+"?` + secretName)},
	{needs: [][]string{{"setx", "config", "secret"}, secretWords}, plain: isAbout,
		pattern: once(`(?i)\b(?:setx(?:\.exe)?"?(?:\s+/[a-z]\s+\S+)*?|aws(?:\.exe)?"?\s+configure\s+set|choco(?:\.exe)?"?\s+config\s+set|user-secrets\s+set)\s+(?:--name[\s=]+)?["']?(?:[\w-]+:)*` + secretName + `["']?\s+(?:--value[\s=]+)?` + word)},
	{needs: [][]string{{"secret", "securestring"}, {"-value"}}, plain: isReference, // of az and aws
		pattern: once(`(?i)\b(?:keyvault\s+secret\s+set|SecureString)\s(?:.*?\s)??--value[\s=]+` + word)},
	{needs: [][]string{{"apikey", "nuget"}}, hint: hasOption, plain: isReference,
		pattern: once(`(?i)\b(?:apikey|nuget(?:\.exe)?\s+push)\s(?:.*?\s)??-k[\s=]+` + word)},
	{needs: [][]string{{"apikey"}}, plain: isReference,
		pattern: once(`(?i)\bsetApiKey\s+` + word)},
	{needs: [][]string{{"sqlcmd", "osql", "bcp"}}, hint: hasOption,
		pattern: once(`(?i)\b(?:sqlcmd|osql|bcp)\S*\s(?:.*?\s)??(?-i:-P)(?P<secret>"[^"]*"?|[^\s"]+)`)},
	{needs: [][]string{{"key"}}, hint: hasOption, plain: isReference,
		pattern: once(`(?i)\bssh-keygen\S*\s(?:.*?\s)??(?-i:-N)\s+` + word)},
	{needs: [][]string{{"objectname"}}, plain: isShell,
		pattern: once(`(?i)\bnssm\S*\s+set\s+(?:"[^"]*"|\S+)\s+ObjectName\s+\S+\s+` + argument)},
	{needs: [][]string{{"rasdial"}}, plain: isShell,
		pattern: once(`(?i)\brasdial(?:\.exe)?"?\s+(?:"[^"]*"|[^\s"]\S*)\s+[^\s/]\S*\s+` + argument)},
}

// switches are options between the words of a program, which may hold quotes.
const switches = `(?:/[^\s"]*(?:"[^"]*")?\s+)*`

// scripts are calls of PowerShell and of .NET.
var scripts = []form{
	{needs: [][]string{{"-name"}, {"-value"}, secretWords}, plain: isAbout,
		pattern: once(`(?i)-Name\s+["']?` + secretName + `["']?\s.*?-Value\s+` + word)},
	{needs: [][]string{{"-name"}, {"-value"}, secretWords}, plain: isAbout,
		pattern: once(`(?i)-Value\s+` + word + `\s[^;|]*?-Name\s+["']?` + secretName)},
	{needs: [][]string{{"-itemproperty"}, secretWords}, plain: isAbout, // names of parameters may be left out
		pattern: once(`(?i)(?:Set|New)-ItemProperty\s[^;|]*?[\s"']` + secretName + `["']?\s+(?:-(?:Property)?Type\s+\S+\s+|-Force\s+)*(?:-V\w*\s+)?` + word)},
	{needs: [][]string{{"setenvironmentvariable"}, secretWords}, plain: isAbout,
		pattern: once(`(?i)SetEnvironmentVariable\s*\(\s*["']` + secretName + `["']\s*,\s*(?P<secret>` + quoted + `)`)},
	{needs: [][]string{{"securestring"}}, // of a variable or an expression nothing is known
		pattern: once(`(?i)ConvertTo-SecureString\s+(?:-(?:String|AsPlainText|Force)\s+)*(?P<secret>` + quoted + `|[^\s"',;|&$(@-][^\s"',;|&]*)`)},
	{needs: [][]string{{"securestring"}},
		pattern: once(`(?i)(?P<secret>"[^"|]*"|'[^'|]*')\s*\|\s*ConvertTo-SecureString\b`)},
	{needs: [][]string{{"credential", "setpassword"}},
		pattern: once(`(?i)(?:\bNetworkCredential(?:\]::new)?\s*\(\s*(?:"[^"]*"|'[^']*')\s*,|\bSetPassword(?:\s*\(|["']\s*,))\s*(?P<secret>` + quoted + `)`)},
	{needs: [][]string{{"powershell", "pwsh"}}, hint: hasOption, encoded: true,
		pattern: once(`(?i)\s[-/]e(?:c|n|nc\w*)?\s+["']?(?P<secret>[a-z0-9+/]{16,}={0,2})`)},
}
