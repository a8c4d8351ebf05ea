package compiler

import (
	"strings"
	"testing"

	"github.com/reseal/reseal/schema/answer"
)

func TestPasswordForms(t *testing.T) {
	const shell = "Microsoft-Windows-Shell-Setup"
	hidden := func(value, element string) string { return answer.Hidden(value, element) }
	cases := []struct{ name, yaml, value, plain string }{
		{"text is hidden with the name of its element", "UserAccounts: {AdministratorPassword: throw-away}", hidden("throw-away", "AdministratorPassword"), "false"},
		{"text of an account", "UserAccounts: {LocalAccounts: [{Name: a, Password: throw-away}]}", hidden("throw-away", "Password"), "false"},
		{"the canonical name hides, however it was typed", "UserAccounts: {administratorpassword: throw-away}", hidden("throw-away", "AdministratorPassword"), "false"},
		{"literal form is left alone", "UserAccounts: {AdministratorPassword: {Value: throw-away, PlainText: true}}", "throw-away", "true"},
		{"literal hidden form is left alone", "UserAccounts: {AdministratorPassword: {Value: QQBBAA==, PlainText: false}}", "QQBBAA==", "false"},
		{"plain for an account of a domain", "AutoLogon: {Domain: CORP, Username: a, Password: throw-away}", "throw-away", "true"},
		{"hidden where the domain is empty", "AutoLogon: {Domain: '', Username: a, Password: throw-away}", hidden("throw-away", "Password"), "false"},
		{"hidden where the domain is this machine", "AutoLogon: {Domain: ., Username: a, Password: throw-away}", hidden("throw-away", "Password"), "false"},
		{"hidden where no domain stands", "AutoLogon: {Username: a, Password: throw-away}", hidden("throw-away", "Password"), "false"},
		{"secret to be hidden stays readable while it is only named", "UserAccounts: {AdministratorPassword: {env: PW}}", "[secret env:PW]", "false"},
		{"secret is plain for a domain", "AutoLogon: {Password: {file: pw.txt}, domain: {env: DOMAIN}}", "[secret file:pw.txt]", "true"},
		{"secret in the literal form", "UserAccounts: {AdministratorPassword: {Value: {env: PW}, PlainText: true}}", "[secret env:PW]", "true"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			xml := written(t, lowered(t, inComponent("oobeSystem", shell, c.yaml)))
			for _, want := range []string{"<Value>" + c.value + "</Value>", "<PlainText>" + c.plain + "</PlainText>"} {
				if !strings.Contains(xml, want) {
					t.Errorf("%s is missing in\n%s", want, xml)
				}
			}
		})
	}
}

func TestEmptyPasswordIsAnEmptyElement(t *testing.T) {
	a := lowered(t, inComponent("oobeSystem", "Microsoft-Windows-Shell-Setup", "UserAccounts: {AdministratorPassword: ''}"))
	account := a.Passes[0].Components[0].Settings[0].Children[0]
	if account.Name != "AdministratorPassword" || len(account.Children) != 0 || account.Text != "" {
		t.Errorf("got %+v", account)
	}
}

func TestJoinPasswordStaysPlain(t *testing.T) {
	a := lowered(t, inComponent("specialize", "Microsoft-Windows-UnattendedJoin",
		"Identification: {JoinDomain: corp.example, Credentials: {Domain: corp, Username: join, Password: throw-away}}"))
	if xml := written(t, a); !strings.Contains(xml, "<Password>throw-away</Password>") {
		t.Errorf("got\n%s", xml)
	}
}

func TestSecretsOfTheTextAreMasked(t *testing.T) {
	const text = head + `productKey: AAAAA-BBBBB-CCCCC-DDDDD-EEEEE
passes:
  oobeSystem:
    Microsoft-Windows-Shell-Setup:
      AutoLogon: {Username: u, Password: hush-one}
      UserAccounts: {AdministratorPassword: {Value: hush-two, PlainText: true}}
      Novelty: {MyPassword: {Value: hush-three}}
      FirstLogonCommands: [{CommandLine: shown}]
    Unknown-Component: {SharedSecret: [hush-four]}
verbatim:
  - {in: specialize/Microsoft-Windows-UnattendedJoin, xml: <Identification><Credentials><Password>hush-five</Password></Credentials></Identification>}
`
	p, _ := parse(text, Options{})
	f := p.Outputs[0].Answer.Source
	var shown strings.Builder
	for i := 1; i <= f.Lines(); i++ {
		shown.WriteString(f.Line(i).Shown() + "\n")
	}
	for _, secret := range []string{"AAAAA", "hush-one", "hush-two", "hush-three", "hush-four", "hush-five"} {
		if strings.Contains(shown.String(), secret) {
			t.Errorf("%s is shown", secret)
		}
	}
	if !strings.Contains(shown.String(), "CommandLine: shown") {
		t.Error("what is no secret is masked as well")
	}
}

// A secret at a wrong place must not be shown by the line of the diagnostic.
func TestMisplacedSecretsAreMasked(t *testing.T) {
	for _, body := range []string{
		"AutoLogon: {Password: [hush]}",
		"AutoLogon: {Password: {Value: [hush]}}",
		"AutoLogon: {Password: {Value: {a: hush, b: hush}}}",
		"AutoLogon: {Password: {vault: hush}}",
		"AutoLogon: {Password: {$text: [hush]}}",
		"ProductKey: [hush]",
		"ProductKey: {Deep: {x: hush}}",
	} {
		text := inComponent("oobeSystem", "Microsoft-Windows-Shell-Setup", body)
		_, diags := parse(text, Options{})
		if len(diags.All) == 0 {
			t.Fatalf("%s: no finding", body)
		}
		for _, d := range diags.All {
			if shown := d.Span.File.Line(d.Span.Position().Line).Shown(); strings.Contains(shown, "hush") || strings.Contains(d.Message, "hush") {
				t.Errorf("%s: shown in %q with %q", body, d.Message, shown)
			}
		}
	}
	for _, key := range []string{"[hush]", "{specialise: hush}", "{setup: [hush]}"} {
		_, diags := parse(head+"productKey: "+key+"\n", Options{})
		if len(diags.All) == 0 {
			t.Fatalf("productKey: %s: no finding", key)
		}
		for _, d := range diags.All {
			if shown := d.Span.File.Line(3).Shown(); strings.Contains(shown, "hush") || strings.Contains(d.Message, "hush") {
				t.Errorf("productKey: %s: shown in %q with %q", key, d.Message, shown)
			}
		}
	}
}
