package secret

import (
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

func FuzzSecrets(f *testing.F) {
	f.Add("net user joe hunter2 /add")
	f.Add(`<Path>x /p:&#34;a&amp;b&#34; /q</Path>`)
	f.Add(`New-LocalUser joe -Password (ConvertTo-SecureString "x" -AsPlainText)`)
	f.Fuzz(func(t *testing.T, text string) {
		for _, ranges := range [][][2]int{Find(text), FindInSource(text)} {
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
