package compiler

import (
	"errors"
	"strings"
	"testing"

	"github.com/reseal/reseal/schema/answer"
)

const withSecrets = head + `productKey: {env: KEY}
passes:
  oobeSystem:
    Microsoft-Windows-Shell-Setup:
      UserAccounts: {AdministratorPassword: {file: pw.txt}}
`

func TestResolvePutsValuesInPlace(t *testing.T) {
	a := lowered(t, withSecrets)
	values := map[string]string{"env:KEY": "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE", "file:pw.txt": "throw-away"}
	diags := Resolve(a, func(s *answer.Secret) (string, error) { return values[s.Kind+":"+s.Name], nil })
	if len(diags.All) > 0 {
		t.Fatalf("unexpected finding: %s", line(diags.All[0]))
	}
	xml := written(t, a)
	for _, want := range []string{
		"<ProductKey>AAAAA-BBBBB-CCCCC-DDDDD-EEEEE</ProductKey>",
		"<Value>" + answer.Hidden("throw-away", "AdministratorPassword") + "</Value>",
	} {
		if !strings.Contains(xml, want) {
			t.Errorf("%s is missing in\n%s", want, xml)
		}
	}
	if strings.Contains(xml, "[secret") {
		t.Errorf("a placeholder is left in\n%s", xml)
	}
	key := findSetting(findComponent(findPass(a, "specialize"), "Microsoft-Windows-Shell-Setup", "amd64").Settings, "ProductKey")
	if key.Secret == nil {
		t.Error("a resolved setting no longer tells that its text is a secret")
	}
}

func TestResolveReportsEverySecretThatIsMissing(t *testing.T) {
	a := lowered(t, withSecrets)
	diags := Resolve(a, func(*answer.Secret) (string, error) { return "", errors.New("not set") })
	diags.Sort()
	want := []string{
		"3:13 error secret-unresolved: the secret env:KEY of ProductKey cannot be read: not set",
		"7:45 error secret-unresolved: the secret file:pw.txt of Value cannot be read: not set",
	}
	var got []string
	for _, d := range diags.All {
		got = append(got, line(d))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if d := diags.All[1]; d.Pass != "oobeSystem" || d.Setting != "UserAccounts/AdministratorPassword/Value" {
		t.Errorf("the finding is in %s %s", d.Pass, d.Setting)
	}
}
