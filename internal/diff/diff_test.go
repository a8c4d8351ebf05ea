package diff

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/schema/answer"
)

// read parses XML, whatever is wrong with it.
func read(name, text string) *answer.File {
	f, _ := xmldoc.Read(name, []byte(text))
	return f
}

// shell is an answer file with settings of one component.
func shell(content string) string {
	return in("oobeSystem", "Microsoft-Windows-Shell-Setup", content)
}

func in(pass, component, content string) string {
	return unattend(`<settings pass="` + pass + `">` + componentXML(component, "amd64", content) + `</settings>`)
}

func componentXML(name, architecture, content string) string {
	return `<component name="` + name + `" processorArchitecture="` + architecture + `" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS">` +
		content + `</component>`
}

func unattend(content string) string {
	return `<unattend xmlns="urn:schemas-microsoft-com:unattend" xmlns:wcm="http://schemas.microsoft.com/WMIConfig/2002/State">` + content + `</unattend>`
}

// lines are changes as the tables of tests have them.
func lines(changes []Change) []string {
	var out []string
	for _, c := range changes {
		line := c.Kind.String()
		for _, s := range []string{c.Pass, c.Component, c.Setting} {
			if s != "" {
				line += " " + strings.TrimPrefix(s, "Microsoft-Windows-")
			}
		}
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s: %s|%s", line, c.A, c.B)))
	}
	return out
}

func command(order, path string) string {
	return `<SynchronousCommand wcm:action="add"><Order>` + order + `</Order><CommandLine>` + path + `</CommandLine></SynchronousCommand>`
}

func commands(all ...string) string {
	return shell("<FirstLogonCommands>" + strings.Join(all, "") + "</FirstLogonCommands>")
}

func account(name, password string) string {
	return shell("<UserAccounts><LocalAccounts><LocalAccount wcm:action=\"add\"><Name>" + name + "</Name>" + password + "</LocalAccount></LocalAccounts></UserAccounts>")
}

func addresses(items string) string {
	return in("specialize", "Microsoft-Windows-TCPIP", `<Interfaces><Interface wcm:action="add"><Identifier>LAN</Identifier><UnicastIpAddresses>`+
		items+`</UnicastIpAddresses></Interface></Interfaces>`)
}

func address(key, text string) string {
	return `<IpAddress wcm:action="add" wcm:keyValue="` + key + `">` + text + `</IpAddress>`
}

func TestWhatMeansTheSameHasNoDifference(t *testing.T) {
	cases := []struct{ name, a, b string }{
		{"order of settings", shell("<TimeZone>UTC</TimeZone><RegisteredOwner>x</RegisteredOwner>"), shell("<RegisteredOwner>x</RegisteredOwner><TimeZone>UTC</TimeZone>")},
		{"letter case of names", shell("<TimeZone>UTC</TimeZone>"), in("OobeSystem", "microsoft-windows-shell-setup", "<timezone>UTC</timezone>")},
		{"letter case of Booleans", shell("<OOBE><HideEULAPage>true</HideEULAPage></OOBE>"), shell("<OOBE><HideEULAPage>True</HideEULAPage></OOBE>")},
		{"comments and white space", shell("<OOBE>\n  <!-- why -->\n <HideEULAPage>true</HideEULAPage></OOBE>"), shell("<OOBE><HideEULAPage>true</HideEULAPage></OOBE>")},
		{"CDATA and references", shell("<RegisteredOwner><![CDATA[a&b]]></RegisteredOwner>"), shell("<RegisteredOwner>a&amp;&#98;</RegisteredOwner>")},
		{"numbers of a sequence", commands(command("1", "a"), command("2", "b")), commands(command("10", "a"), command("20", "b"))},
		{"a sequence by its numbers", commands(command("1", "a"), command("2", "b")), commands(command("2", "b"), command("1", "a"))},
		{"items by their keys", addresses(address("1", "a") + address("2", "b")), addresses(address("2", "b") + address("1", "a"))},
		{"order of keyed items", addresses(address("x", "a") + address("y", "b")), addresses(address("y", "b") + address("x", "a"))},
		{"a password and its hidden form", account("u", "<Password><Value>throw-away</Value><PlainText>true</PlainText></Password>"),
			account("u", "<Password><Value>"+answer.Hidden("throw-away", "Password")+"</Value><PlainText>False</PlainText></Password>")},
		{"order of passes and components", unattend(`<settings pass="specialize">` + componentXML("B", "x86", "") + componentXML("A", "x86", "") + `</settings><settings pass="windowsPE"/>`),
			unattend(`<settings pass="windowsPE"/><settings pass="specialize">` + componentXML("A", "x86", "") + componentXML("B", "X86", "") + `</settings>`)},
		{"prefixes", shell(`<FirstLogonCommands><SynchronousCommand wcm:action="add"><Order>1</Order></SynchronousCommand></FirstLogonCommands>`),
			shell(`<FirstLogonCommands xmlns:w="http://schemas.microsoft.com/WMIConfig/2002/State"><SynchronousCommand w:action="add"><Order>1</Order></SynchronousCommand></FirstLogonCommands>`)},
		{"white space around an Order", commands(command("1", "a")), commands(command(" 1 ", "a"))},
		{"order of packages", unattend(`<servicing><package action="configure"><assemblyIdentity name="A"/></package><package action="remove"><assemblyIdentity name="B"/></package></servicing>`),
			unattend(`<servicing><package action="remove"><assemblyIdentity name="B"/></package><package action="configure"><assemblyIdentity name="A"/></package></servicing>`)},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for _, got := range [][]string{lines(Compare(read("a", c.a), read("b", c.b))), lines(Compare(read("b", c.b), read("a", c.a)))} {
				if len(got) > 0 {
					t.Errorf("got %q", got)
				}
			}
		})
	}
}

func TestDifferencesOfMeaning(t *testing.T) {
	const list = "oobeSystem Shell-Setup FirstLogonCommands/SynchronousCommand"
	const user = "oobeSystem Shell-Setup UserAccounts/LocalAccounts/LocalAccount"
	const lan = "specialize TCPIP Interfaces/Interface[LAN]/UnicastIpAddresses/IpAddress"
	cases := []struct {
		name, a, b string
		want       []string
	}{
		{"a value", shell("<TimeZone>UTC</TimeZone>"), shell("<TimeZone>GMT Standard Time</TimeZone>"), []string{"changed oobeSystem Shell-Setup TimeZone: UTC|GMT Standard Time"}},
		{"a setting", shell(""), shell("<OOBE><ProtectYourPC>3</ProtectYourPC></OOBE>"), []string{"added oobeSystem Shell-Setup OOBE/ProtectYourPC: |3"}},
		{"a setting without a value", shell("<OOBE/>"), shell(""), []string{"removed oobeSystem Shell-Setup OOBE: |"}},
		{"another pass", in("specialize", "A", "<B>1</B>"), in("oobeSystem", "A", "<B>1</B>"), []string{"removed specialize A B: 1|", "added oobeSystem A B: |1"}},
		{"passes in their order", unattend(""), unattend(`<settings pass="oobeSystem"/><settings pass="windowsPE"/>`), []string{"added windowsPE: |", "added oobeSystem: |"}},
		{"an architecture", unattend(`<settings pass="specialize">` + componentXML("A", "x86", "<B>1</B>") + `</settings>`),
			unattend(`<settings pass="specialize">` + componentXML("A", "arm64", "<B>1</B>") + `</settings>`),
			[]string{"added specialize A@arm64 B: |1", "removed specialize A@x86 B: 1|"}},
		{"a token", shell(""), strings.Replace(shell(""), "31bf", "00bf", 1), []string{"changed oobeSystem Shell-Setup @publicKeyToken: 31bf3856ad364e35|00bf3856ad364e35"}},
		{"an item in the middle", commands(command("1", "a"), command("2", "b")), commands(command("1", "a"), command("2", "c"), command("3", "b")),
			[]string{"added " + list + "[2]/CommandLine: |c"}},
		{"an item at the start is gone", commands(command("1", "a"), command("2", "b"), command("3", "c")), commands(command("1", "b"), command("2", "c")),
			[]string{"removed " + list + "[1]/CommandLine: a|"}},
		{"an item has moved", commands(command("1", "a"), command("2", "b"), command("3", "c")), commands(command("1", "c"), command("2", "a"), command("3", "b")),
			[]string{"moved " + list + "[1]: 3|1"}},
		{"an item has changed behind a new one", commands(command("1", "a"), command("2", "b"), command("3", "c")), commands(command("1", "x"), command("2", "a"), command("3", "B"), command("4", "c")),
			[]string{"added " + list + "[1]/CommandLine: |x", "changed " + list + "[3]/CommandLine: b|B"}},
		{"numbers that make no sequence", commands(command("1", "a"), command("1", "b")), commands(command("1", "a"), command("2", "b")),
			[]string{"changed " + list + "[2]/Order: 1|2"}},
		{"an Order that is missing", commands(command("1", "a")), commands(`<SynchronousCommand wcm:action="add"><CommandLine>a</CommandLine></SynchronousCommand>`),
			[]string{"removed " + list + "[1]/Order: 1|"}},
		{"an action", commands(command("1", "a")), strings.Replace(commands(command("1", "a")), `wcm:action="add"`, `wcm:action="remove"`, 1),
			[]string{"changed " + list + "[1]/@wcm:action: add|remove"}},
		{"a key of a running list", addresses(address("1", "a") + address("2", "b")), addresses(address("1", "b") + address("2", "a")), []string{"moved " + lan + "[2]: 1|2"}},
		{"a key of another list", addresses(address("x", "a") + address("y", "b")), addresses(address("x", "b") + address("y", "b")), []string{"changed " + lan + "[x]: a|b"}},
		{"a gap in the keys", addresses(address("1", "a") + address("2", "b") + address("3", "c")), addresses(address("1", "a") + address("3", "c")), []string{"removed " + lan + "[2]: b|"}},
		{"a name of an account", account("u", ""), account("v", ""), []string{"removed " + user + "[u]/Name: u|", "added " + user + "[v]/Name: |v"}},
		{"a password", account("u", "<Password><Value>one</Value><PlainText>true</PlainText></Password>"),
			account("u", "<Password><Value>"+answer.Hidden("two", "Password")+"</Value><PlainText>false</PlainText></Password>"),
			[]string{"changed " + user + "[u]/Password/Value: ********|********"}},
		{"a hidden form that cannot be read", account("u", "<Password><Value>QUJD</Value><PlainText>false</PlainText></Password>"),
			account("u", "<Password><Value>QUJD</Value><PlainText>true</PlainText></Password>"),
			[]string{"changed " + user + "[u]/Password/Value: ********|********", "removed " + user + "[u]/Password/PlainText: false|"}},
		{"duplicates", shell("<TimeZone>UTC</TimeZone><TimeZone>GMT</TimeZone>"), shell("<TimeZone>GMT</TimeZone>"), []string{"removed oobeSystem Shell-Setup TimeZone[1]: UTC|"}},
		{"a second component", unattend(`<settings pass="specialize">` + componentXML("A", "x86", "") + componentXML("A", "x86", "<B/>") + `</settings>`),
			unattend(`<settings pass="specialize">` + componentXML("A", "x86", "") + `</settings>`), []string{"removed specialize A B: |"}},
		{"white space in a value", shell("<RegisteredOwner>x</RegisteredOwner>"), shell("<RegisteredOwner>x </RegisteredOwner>"), []string{"changed oobeSystem Shell-Setup RegisteredOwner: x|x"}},
		{"letter case of a value", shell("<RegisteredOwner>true</RegisteredOwner>"), shell("<RegisteredOwner>True</RegisteredOwner>"), []string{"changed oobeSystem Shell-Setup RegisteredOwner: true|True"}},
		{"foreign content has an order", unattend(`<x:e xmlns:x="urn:x"><x:a/>one<x:b/></x:e>`), unattend(`<x:e xmlns:x="urn:x"><x:b/><x:a/>one</x:e>`), []string{"moved e/b[1]: 3|1"}},
		{"a package", unattend(`<servicing><package action="configure"><assemblyIdentity name="A"/><selection name="S" state="true"/></package></servicing>`),
			unattend(`<servicing><package action="configure"><assemblyIdentity name="A"/><selection name="S" state="false"/></package></servicing>`),
			[]string{"changed servicing/package[A]/selection[S]/@state: true|false"}},
		{"an instruction", "<?x a?>" + unattend(""), "<?x b?>" + unattend(""), []string{"changed ?x: x a|x b"}},
		{"the root", unattend(""), `<unattend/>`, []string{"changed @xmlns: urn:schemas-microsoft-com:unattend|##local"}},
		{"mixed text", shell("<A>x<B/></A>"), shell("<A>y<B/>z</A>"), []string{"changed oobeSystem Shell-Setup A: x|y", "added oobeSystem Shell-Setup A/text(): |z"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := lines(Compare(read("a", c.a), read("b", c.b))); !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
			if len(Compare(read("b", c.b), read("a", c.a))) == 0 {
				t.Error("the other way round there is no difference")
			}
		})
	}
}

func TestSecretsThatAreNamedAreComparedByName(t *testing.T) {
	file := func(secret *answer.Secret, hide string) *answer.File {
		value := &answer.Setting{Name: "Value", Text: secret.Placeholder(), Secret: secret, Hide: hide}
		plain := &answer.Setting{Name: "PlainText", Text: fmt.Sprint(hide == "")}
		password := &answer.Setting{Name: "AdministratorPassword", Children: []*answer.Setting{value, plain}}
		accounts := &answer.Setting{Name: "UserAccounts", Children: []*answer.Setting{password}}
		component := &answer.Component{Name: "Microsoft-Windows-Shell-Setup", Architecture: "amd64", Settings: []*answer.Setting{accounts}}
		return &answer.File{Passes: []*answer.Pass{{Name: "oobeSystem", Components: []*answer.Component{component}}}}
	}
	one, two := &answer.Secret{Kind: "env", Name: "ONE"}, &answer.Secret{Kind: "file", Name: "two.txt"}
	if got := lines(Compare(file(one, ""), file(one, "AdministratorPassword"))); len(got) > 0 {
		t.Errorf("hidden or not, the secret is the same: %q", got)
	}
	want := []string{"changed oobeSystem Shell-Setup UserAccounts/AdministratorPassword/Value: [secret env:ONE]|[secret file:two.txt]"}
	if got := lines(Compare(file(one, ""), file(two, ""))); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
