package secret

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

func TestWhatCommandLinesGiveAwayIsHidden(t *testing.T) {
	const secret = "S3cret!Pa$$"
	for _, text := range []string{
		"net user Admin " + secret + " /add",
		`net.exe user "Local Admin" ` + secret,
		`net use Z: \\server\share ` + secret + ` /user:x`,
		"setup.exe /p:" + secret + " /quiet",
		"tool.exe /password " + secret + " /quiet",
		`tool.exe -Password '` + secret + `'`,
		"tool --token=" + secret,
		"PASSWORD=" + secret + " next",
		`Server=x;User Id=y;Pwd=` + secret + `;`,
		`{"password": "` + secret + `"}`,
		`<Password><Value>` + secret + `</Value></Password>`,
		`schtasks /create /ru Admin /rp ` + secret + ` /tn x`,
		`psexec \\host -u Admin -p ` + secret + ` cmd`,
		`ConvertTo-SecureString '` + secret + `' -AsPlainText`,
		"https://user:" + secret + "@example.com/x",
		"ApiKey: " + secret,
		"Pasword: " + secret,
		"AdminPasswrod=" + secret,
		"psexec\n  \\\\host -u Admin\r\n  -p " + secret,
		"sqlcmd -S host -U sa -P " + secret + " -Q x",
		`New-LocalUser joe -Password (ConvertTo-SecureString "` + secret + `" -AsPlainText -Force)`,
		`ConvertTo-SecureString -AsPlainText -Force '` + secret + `'`,
		`reg add "HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon" /v DefaultPassword /t REG_SZ /d ` + secret + ` /f`,
		`Set-ItemProperty -Path HKLM:\x -Name 'DefaultPassword' -Value '` + secret + `'`,
		"curl -u joe:" + secret + " https://example.com",
		"curl -sS --user joe:" + secret + " https://example.com",
		"autologon.exe /accepteula joe CONTOSO " + secret,
		"netdom join x /domain:y /ud:joe /pd:" + secret,
		"sc config svc obj= joe password= " + secret,
		"net user /add joe " + secret,
		"net user joe /add " + secret,
		`net use Z: \\server\share /user:joe ` + secret + ` /persistent:no`,
		`net use * "\\server\my share" ` + secret,
		`net use Z:\ \\server\share ` + secret,
		`net use lpt1: \\server\printer ` + secret,
		`reg add HKLM\PasswordProvider /v DefaultPassword /d ` + secret + ` /f & reg add HKLM\x /v y /t REG_DWORD /d 2`,
		`reg add HKLM\x /v PasswordExpiryWarning /t REG_DWORD /d 3 & reg add HKLM\x /v DefaultPassword /d ` + secret,
		`Set-ItemProperty HKLM:\x -Name PasswordLess -Value 2 -Type DWord; Set-ItemProperty HKLM:\x -Name DefaultPassword -Value ` + secret,
		"7z x a.7z -p" + secret + " -oC:\\",
		`tool -LocalAdminPassword ` + secret + ` -Force`,
		`New-Object System.Net.NetworkCredential("joe", "` + secret + `")`,
		`([adsi]"WinNT://./joe").SetPassword("` + secret + `")`,
		`$u.psbase.Invoke('SetPassword', '` + secret + `')`,
		"netsh wlan set hostednetwork mode=allow ssid=x key=" + secret,
		"manage-bde -unlock C: -RecoveryPassword " + secret,
		"setup.exe /p:S3cret==",
		"PasswordOld=" + secret,
	} {
		if got := HideInLog("SYSPRP ran: " + text); strings.Contains(got, secret) || strings.Contains(got, "S3cret") || !strings.Contains(got, "***") {
			t.Errorf("%q becomes %q", text, got)
		}
		if got := Hide(text); strings.Contains(got, "S3cret") && !strings.Contains(text, ": ") && !strings.Contains(text, "<") {
			t.Errorf("as a command line %q becomes %q", text, got)
		}
	}
	if got := HideInLog("key W269N-WFGWX-YVC9B-4J6C9-T83GX used"); got != "key *** used" {
		t.Error(got)
	}
}

func TestTheRestOfALogStays(t *testing.T) {
	for _, text := range []string{
		`ActionPlatform::LaunchModule: Failure occurred while executing 'X' from C:\Windows\x.dll; dwRet = 0x3cf2`,
		"Package Contoso.Notes_1.2.3.0_x64__abcdefgh12345 was installed for a user, but not provisioned for all users.",
		"Source = Name: X, PublicKeyToken: 31bf3856ad364e35, VersionScope: nonSxS, /settings/A/B",
		"UnattendSearchExplicitPath: Found unattend file at [C:\\Windows\\Panther\\unattend.xml]",
		"Status for unattend pass [oobeSystem] = 0x0",
		"{2172c981-2c23-e969-b30d-046ffeeb096e}",
		"net user",
	} {
		if got := HideInLog(text); got != text {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}

func TestCommandsWithoutASecretStay(t *testing.T) {
	for _, text := range []string{
		`net use Z: \\server\share /persistent:no`, `net use Z: \\server\share /p:no`, `net use Z: \\server\share >nul 2>&1`, `net use Z: /delete`,
		`net use Z: \\server\share "" /user:joe`, `net use Z: \\server\share & dir`,
		"net user Guest /active:no", "net user joe *", "net user joe 2>nul", "net user joe && echo x", "net user joe > C:\\log.txt", "net localgroup Users joe /add",
		"net accounts /maxpwage:unlimited /minpwlen:0", "wmic useraccount where name='x' set PasswordExpires=false",
		`wmic useraccount where "name='x'" set PasswordExpires=FALSE`, "Set-LocalUser -Name joe -PasswordNeverExpires 1", "Set-LocalUser joe -PasswordNeverExpires:$true",
		"New-LocalUser -NoPassword -Name joe", "powershell -NoProfile -ExecutionPolicy Bypass -File x.ps1", "powershell -ep bypass -c Get-Date",
		`reg add HKLM\x /v PasswordExpiryWarning /t REG_DWORD /d 0`, `reg add HKLM\x /v "LimitBlankPasswordUse" /d 3 /t REG_DWORD /f`,
		`reg add "HKLM\x" /v PasswordExpiryWarning /t REG_DWORD /d 14 /f`, `reg add HKLM\x /v PasswordPolicyUrl /d https://x /f`,
		`Set-ItemProperty -Path 'HKLM:\x' -Name 'DevicePasswordLessBuildVersion' -Value 2 -Type DWord`,
		`New-ItemProperty HKLM:\x -Name NoPasswordHint -Value 2 -PropertyType DWORD -Force`,
		"dotnet publish -p:Configuration=Release", "msbuild x.sln /p:Platform=x64 /p:Configuration=Release",
		`dism /online /add-package /packagepath:C:\x.cab`, "dism /image:C:\\ /set-inputlocale:0409:00000409", "MinimumPasswordLength = 8",
		`for /f "tokens=2 delims=:" %i in ('x') do echo %i`, "plink -P 22 host", "mysql -h host -P 3306", "curl -p http://example.com", "xcopy a b /p",
		"ssh -o PasswordAuthentication=no host", "winrm set winrm/config/service/auth @{Basic=\"true\"}",
		"ConvertTo-SecureString $text -AsPlainText -Force", "ConvertTo-SecureString (Get-Content x) -AsPlainText", "shutdown /r /d p:4:1",
		`powercfg -setacvalueindex 381b4222-f694-41f0-9685-ff5bb260df2e`, "Microsoft-Windows-International-Core-WinPE",
	} {
		if got := Hide(text); got != text {
			t.Errorf("%q becomes %q", text, got)
		}
		if got := HideInLog(text); got != text {
			t.Errorf("in a log %q becomes %q", text, got)
		}
	}
}

// The file holds command lines that people write, each secret between « and ».
func TestOfCommandLinesJustTheSecretsAreHidden(t *testing.T) {
	list, err := os.ReadFile("testdata/commands.txt")
	if err != nil {
		t.Fatal(err)
	}
	quotes := strings.NewReplacer(`"`, "", `'`, "", `\`, "")
	for _, marked := range strings.Split(strings.TrimSpace(string(list)), "\n") {
		text := strings.NewReplacer("«", "", "»", "").Replace(marked)
		want := quotes.Replace(marks.ReplaceAllString(marked, hidden))
		if got := quotes.Replace(Hide(text)); got != want {
			t.Errorf("%q becomes\n%q, want\n%q", text, got, want)
		}
		if got := quotes.Replace(HideInLog(text)); got != want {
			t.Errorf("in a log %q becomes\n%q, want\n%q", text, got, want)
		}
	}
}

var marks = regexp.MustCompile("«[^»]*»")

func TestSecretsInSourceAreThoseOfTheCommandLine(t *testing.T) {
	for line, want := range map[string]string{
		`<CommandLine>net user joe hunter2</CommandLine>`:                            `<CommandLine>net user joe ~</CommandLine>`,
		`<Path>cmd /c net user joe &quot;hunter 2&quot; /add</Path><Order>1</Order>`: `<Path>cmd /c net user joe ~ /add</Path><Order>1</Order>`,
		`<Path>x /p:&#34;a&amp;b&#34; /q</Path>`:                                     `<Path>x /p:~ /q</Path>`,
		`  - CommandLine: "net user joe \"hunter 2\" /add"`:                          `  - CommandLine: "net user joe ~ /add"`,
		`  - CommandLine: net use Z: \\server\share hunter2`:                         `  - CommandLine: net use Z: \\server\share ~`,
		`cmd /c net user joe hunter2 > C:\log.txt`:                                   `cmd /c net user joe ~ > C:\log.txt`,
		`<Path><![CDATA[net user joe hunter2]]></Path><!-- net user ann hunter3 -->`: `<Path><![CDATA[net user joe ~</Path><!-- net user ann ~ -->`,
		`<a cmd="net user joe hunter2 /add" x="y"/>`:                                 `<a cmd="net user joe ~ /add" x="y"/>`,
		"net user joe hunter2":                                                       "net user joe ~",
		`<name>x</name><keyMaterial>hunter2</keyMaterial>`:                           `<name>x</name><keyMaterial>~</keyMaterial>`,
		`&lt;keyMaterial&gt;hunter2&lt;/keyMaterial&gt;`:                             `&lt;keyMaterial&gt;~&lt;/keyMaterial&gt;`,
		"- CommandLine: >\n    net user\n    joe\n    hunter2":                       "- CommandLine: >\n    net user\n    joe\n    ~",
		"- CommandLine: |\n    psexec x -u y\n    -p hunter2\n    cmd":               "- CommandLine: |\n    psexec x -u y\n    -p ~\n    cmd",
		`- CommandLine: "x \"y -Password \\\"hunter 2\\\" -Force\""`:                 `- CommandLine: "x \"y -Password ~ -Force\""`,
		`- CommandLine: 'x -Password ''hunter 2'' -Force'`:                           `- CommandLine: 'x -Password ~ -Force'`,
		`- CommandLine: x -Password '' -Force`:                                       "",

		// what profiles and answer files consist of
		`Password: { env: ADMIN }`:                              "",
		`AdministratorPassword: { file: secrets/admin.txt }`:    "",
		`passwordNeverExpires: true`:                            "",
		`<Value>Windows 11 Pro</Value>`:                         "",
		`<component publicKeyToken="31bf3856ad364e35">`:         "",
		`<NetworkPassword wcm:action="add"><Value>x</Value>`:    "",
		`# the password of the token is not to be in this file`: "",
		`<Description>Basic authentication</Description>`:       "",
		`a < b & c`: "",
		``:          "",
	} {
		got, last := "", 0
		for _, r := range FindInSource(line) {
			got += line[last:r[0]] + "~"
			last = r[1]
		}
		if last > 0 {
			got += line[last:]
		}
		if got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

// A form is tried wherever its pattern can match, and the sets have room.
func TestWordsOfFormsAreFound(t *testing.T) {
	for _, s := range []*search{logForms(), commandForms()} {
		if len(s.words) > 64 {
			t.Errorf("%d words", len(s.words))
		}
		for i, w := range s.words {
			for _, text := range []string{w, "x" + strings.ToUpper(w) + "x", strings.Repeat("x", 99) + w} {
				if s.in(text)&(1<<i) == 0 {
					t.Errorf("%q is not found in %q", w, text)
				}
			}
			if s.in(w[:len(w)-1])&(1<<i) != 0 {
				t.Errorf("%q is found in a part of it", w)
			}
		}
	}
}

// What stands around a part of a line is looked at up to the next tags.
func TestAroundReachesToTheTags(t *testing.T) {
	for text, want := range map[string]string{
		"<a>b</a><Path>net user |joe| x</Path><b/>": "net user joe x",
		"<a>1 <2|3| 4> 5</a>":                       "1 <23 4> 5",
		"x <Path a='|b|' c=''>d</Path>":             "<Path a='b' c=''>d",
		"|x|":                                       "x",
		"<a>|b</a>c|d<e>":                           "b</a>cd",
		"<|a|":                                      "<a",
	} {
		parts := strings.Split(text, "|")
		whole := strings.Join(parts, "")
		from, to := Around([]byte(whole), len(parts[0]), len(parts[0])+len(parts[1]))
		if got := whole[from:to]; got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// A command line of YAML ends where the next entry begins.
func TestAroundInYAMLReachesToTheEntries(t *testing.T) {
	for text, want := range map[string]string{
		"a: >\n  net user\n  |joe|\n  hunter2\nbb: x":                "a: >\n  net user\n  joe\n  hunter2",
		"- aa: x\n  'b-c': y\n  dd: |net|\n\n    user\n# x\n- ee: z": "  dd: net\n\n    user",
		"- |x|\n- y":                         "- x",
		"a: |x|":                             "a: x",
		"x\n|y|\nz":                          "x\ny\nz",
		"a:\n  - |net| user\n    joe\n  - c": "  - net user\n    joe",
		"---\n|C:\\x| y\n---\n":              "---\nC:\\x y",
		"||":                                 "",
	} {
		parts := strings.Split(text, "|")
		if len(parts) > 3 {
			parts = []string{parts[0], parts[1], strings.Join(parts[2:], "|")}
		}
		whole := strings.Join(parts, "")
		from, to := AroundInYAML([]byte(whole), len(parts[0]), len(parts[0])+len(parts[1]))
		if got := whole[from:to]; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func FuzzSecrets(f *testing.F) {
	f.Add("net user joe hunter2 /add")
	f.Add(`<Path>x /p:&#34;a&amp;b&#34; /q</Path>`)
	f.Add("net user joe 1")
	f.Add("/p:&#000A;0")
	f.Add(`New-LocalUser joe -Password (ConvertTo-SecureString "x" -AsPlainText)`)
	f.Fuzz(func(t *testing.T, text string) {
		third := len(text) / 3
		if from, to := Around([]byte(text), third, 2*third); from > third || to < 2*third || from < 0 || to > len(text) {
			t.Fatalf("%q: %d to %d", text, from, to)
		}
		if from, to := AroundInYAML([]byte(text), third, 2*third); from > third || to < 2*third || from < 0 || to > len(text) {
			t.Fatalf("%q in YAML: %d to %d", text, from, to)
		}
		for _, ranges := range [][][2]int{Find(text), FindInSource(text), FindInYAML([]byte(text))} {
			last := 0
			for _, r := range ranges {
				if r[0] < last || r[1] <= r[0] || r[1] > len(text) {
					t.Fatalf("%q: %v", text, r)
				}
				last = r[1]
			}
		}
		if once := HideInLog(text); strings.Count(HideInLog(once), hidden) < strings.Count(once, hidden) {
			t.Errorf("%q becomes %q, then %q", text, once, HideInLog(once))
		}
	})
}

// A long text is looked at once, however often a form matches: a look at all
// that stands in front of each match would take hours here.
func TestManyMatchesTakeOneLook(t *testing.T) {
	for unit, want := range map[string]string{
		"-u x -p 80 ": "***", "/p:Abc=b ": "***", "msbuild /p:Abc=b ": "=b", "-Password $x ": "***", "-u x -p \"": "***",
	} {
		if got := Hide(strings.Repeat(unit, 1<<19/len(unit))); !strings.Contains(got, want) {
			t.Errorf("%q becomes %.100q", unit, got)
		}
	}
}
