package answer_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/schema/answer"
)

// shell reads an answer file with these settings of Shell-Setup.
func shell(t *testing.T, settings string) *answer.File {
	t.Helper()
	f, problems := xmldoc.Read("a.xml", []byte(`<unattend xmlns="urn:schemas-microsoft-com:unattend"><settings pass="oobeSystem">`+
		`<component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS">`+
		settings+`</component></settings></unattend>`))
	if f == nil {
		t.Fatalf("%+v", problems.All)
	}
	return f
}

func TestSecretsAreValuesThatAReaderCanUse(t *testing.T) {
	const under = "oobeSystem/Microsoft-Windows-Shell-Setup/"
	cases := []struct {
		name, settings string
		want           []string
		sensitive      bool
	}{
		{"plain password", `<AutoLogon><Password><Value>a-test-word</Value><PlainText>true</PlainText></Password></AutoLogon>`,
			[]string{under + "AutoLogon/Password/Value"}, true},
		{"hidden password", `<UserAccounts><AdministratorPassword><Value>` + answer.Hidden("a-test-word", "AdministratorPassword") + `</Value></AdministratorPassword></UserAccounts>`,
			[]string{under + "UserAccounts/AdministratorPassword/Value"}, true},
		{"hidden empty password", `<AutoLogon><Password><Value>` + answer.Hidden("", "Password") + `</Value></Password></AutoLogon>`, nil, true},
		{"deleted", `<AutoLogon><Password>*SENSITIVE*DATA*DELETED*</Password></AutoLogon>`, nil, false},
		{"deleted value", "<AutoLogon><Password><Value>\n*SENSITIVE*DATA*DELETED*\n</Value></Password></AutoLogon>", nil, false},
		{"empty", `<AutoLogon><Password><Value></Value></Password></AutoLogon>`, nil, false},
		{"published key", `<ProductKey>W269N-WFGWX-YVC9B-4J6C9-T83GX</ProductKey>`, nil, true},
		{"a key", `<ProductKey>AAAAA-BBBBB-CCCCC-DDDDD-EEEEE</ProductKey>`, []string{under + "ProductKey"}, true},
		{"unknown setting", `<Agent><SharedKey>abc</SharedKey></Agent>`, []string{under + "Agent/SharedKey"}, true},
		{"misspelt below an unknown setting", `<Agent><Pasword>abc</Pasword></Agent>`, []string{under + "Agent/Pasword"}, true},
		{"near to a short word alone", `<Agent><Secure>abc</Secure></Agent>`, nil, false},
		{"password in the place of PlainText", `<AutoLogon><Password><Value></Value><PlainText>a-test-word</PlainText></Password></AutoLogon>`,
			[]string{under + "AutoLogon/Password/PlainText"}, true},
		{"PlainText in another spelling", `<AutoLogon><Password><PlainText> True </PlainText></Password></AutoLogon>`, nil, false},
		{"no secret", `<TimeZone>UTC</TimeZone>`, nil, false},
	}
	for _, c := range cases {
		f := shell(t, c.settings)
		if got := f.Secrets(); !slices.Equal(got, c.want) {
			t.Errorf("%s: Secrets() = %q, want %q", c.name, got, c.want)
		}
		if got, named := f.Holds(); got != c.sensitive || named {
			t.Errorf("%s: Holds() = %v, %v", c.name, got, named)
		}
	}
}

func TestNamedSecretIsNone(t *testing.T) {
	f := shell(t, `<AutoLogon><Password><Value>x</Value></Password></AutoLogon>`)
	value := f.Passes[0].Components[0].Settings[0].Children[0].Children[0]
	value.Secret = &answer.Secret{Kind: "env", Name: "PW"}
	if got := f.Secrets(); got != nil {
		t.Errorf("Secrets() = %s", strings.Join(got, ", "))
	}
	if sensitive, named := f.Holds(); !sensitive || !named {
		t.Errorf("Holds() = %v, %v", sensitive, named)
	}
}
