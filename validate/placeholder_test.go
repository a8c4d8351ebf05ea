package validate

import (
	"testing"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// at makes a cursor on the last of a chain of names.
func at(component string, names ...string) *answer.Cursor {
	c := &answer.Cursor{Schema: schema.FindComponent(component)}
	for _, name := range names {
		s := &answer.Setting{Name: name}
		c.Chain, c.Setting, c.Parent = append(c.Chain, s), s, c.Known
		c.Known = c.Schema.Child(c.Known, name)
	}
	return c
}

func TestPlaceholdersOfTemplatesAreFound(t *testing.T) {
	name := at("Microsoft-Windows-Shell-Setup", "ComputerName")
	command := at("Microsoft-Windows-Shell-Setup", "FirstLogonCommands", "SynchronousCommand", "CommandLine")
	path := at("Microsoft-Windows-Deployment", "RunSynchronous", "RunSynchronousCommand", "Path")
	folder := at("Microsoft-Windows-Shell-Setup", "FolderLocations", "ProgramData")
	key := at("Microsoft-Windows-Setup", "UserData", "ProductKey", "Key")
	address := at("Microsoft-Windows-TCPIP", "Interfaces", "Interface", "UnicastIpAddresses", "IpAddress")
	password := at("Microsoft-Windows-Shell-Setup", "UserAccounts", "AdministratorPassword", "Value")
	owner := at("Microsoft-Windows-Shell-Setup", "RegisteredOwner")
	partition := at("Microsoft-Windows-Setup", "ImageInstall", "OSImage", "InstallTo", "PartitionID")
	hide := at("Microsoft-Windows-Shell-Setup", "OOBE", "HideEULAPage")
	plan := at("Microsoft-Windows-PowerCPL", "PreferredPlan")
	driver := at("Microsoft-Windows-PnpCustomizationsWinPE", "DriverPaths", "PathAndCredentials", "Path")
	cases := []struct {
		c    *answer.Cursor
		text string
		want string
	}{
		{name, "${hostname}", "${hostname}"},
		{name, "web-${n}", "${n}"},
		{name, "#{name}", "#{name}"},
		{name, "$(name)", "$(name)"},
		{name, "{{ name }}", "{{ name }}"},
		{name, "{{.Name}}", "{{.Name}}"},
		{name, `{{ index "a" }}`, `{{ index "a" }}`},
		{name, "{% if x %}", "{% if x %}"},
		{name, "<%= name %>", "<%= name %>"},
		{name, "<%= @name -%>", "<%= @name -%>"},
		{name, "@@{name}", "@@{name}"},
		{name, "@@name@@", "@@name@@"},
		{name, " %NAME% ", "%NAME%"},
		{name, "__NAME__", "__NAME__"},
		{name, "$ComputerName$", "$ComputerName$"},
		{name, "@NAME@", "@NAME@"},
		{name, "CHANGEME", "CHANGEME"},
		{name, "change_me", "change_me"},
		{name, "YOUR_PASSWORD", "YOUR_PASSWORD"},
		{name, "PLACEHOLDER_COMPUTER_NAME", "PLACEHOLDER_COMPUTER_NAME"},
		{name, "placeholder", "placeholder"},
		{name, "place-holder", ""},
		{name, "your-", ""},
		{name, "[ REPLACE WITH NAME ]", "[ REPLACE WITH NAME ]"},
		{name, "<insert name>", "<insert name>"},
		{name, "[ChangeThis!]", "[ChangeThis!]"},
		{name, "......", "......"},
		{name, "$VmName", "$VmName"},
		{name, "{ComputerName}", "{ComputerName}"},
		{name, "##NAME##", "##NAME##"},
		{key, "$ProductKey", "$ProductKey"},
		{key, "{ProductKey}", "{ProductKey}"},
		{key, "[KEY]", "[KEY]"},
		{name, "<PC-NAME>", "<PC-NAME>"},
		{name, "#COMPUTERNAME#", "#COMPUTERNAME#"},
		{name, "--COMPUTER--", "--COMPUTER--"},
		{key, "PRODUCT_KEY", "PRODUCT_KEY"},
		{key, " SETUP_TEST_KEY2 ", "SETUP_TEST_KEY2"},
		{partition, `%{ if efi }4%{ else }2%{ endif }`, "%{ if efi }"},
		{partition, `%{~ if efi ~}4%{~ endif ~}`, "%{~ if efi ~}"},
		{name, "%{ for n in names }${n}%{ endfor }", "${n}"},
		{address, "{0}/{1}", "{0}"},
		{name, "pc-{12}", "{12}"},
		{key, "{0}", "{0}"},
		{address, "$IPv4", "$IPv4"},
		{address, "$ip.v4", "$ip.v4"},

		{name, "WEB01", ""},
		{name, "*", ""},
		{name, "..", ""},
		{name, "", ""},
		{name, "50%", ""},
		{name, "$", ""},
		{name, "a@b", ""},
		{name, "your name", ""},
		{name, "yourself", ""},
		{name, "${}", ""},
		{name, "${", ""},
		{name, "{{}}", ""},
		{name, "a__b__c", ""},
		{name, "todo list", ""},
		{command, "powershell ${env:TEMP}", ""},
		{command, "cmd /c echo %PATH%", ""},
		{command, "%VAR%", ""},
		{command, "powershell gci | %{ if ($_.Name) { 1 } }", ""},
		{name, "%{", ""},
		{name, "{}", ""},
		{name, "pc{123}", ""},
		{command, "powershell -c '{0}' -f 1", ""},
		{password, "a{0}b", ""},
		{name, "50%{off}", ""},
		{name, "PC_01", ""},
		{owner, "PRODUCT_KEY", ""},
		{password, "PASS_WORD", ""},
		{key, "product_key", ""},
		{key, "WXXXX-WFGWX-YVC9B-4J6C9-T83GX", ""},
		{command, "'{{0}}' -f 1", ""},
		{command, "% {{ $_.Name; 1 }}", ""},
		{command, "cmd /c {{ command }}", "{{ command }}"},
		{path, "powershell ${env:TEMP}", ""},
		{path, "cmd /c <%= stage %>", "<%= stage %>"},
		{folder, "%SystemDrive%", ""},
		{folder, "${drive}", "${drive}"},
		{password, "$ecret", ""},
		{password, "{braces}", ""},
		{password, "[brackets]", ""},
		{name, "[]", ""},
		{password, "#summer#", ""},
		{owner, "--", ""},
		{owner, "----", ""},
		{owner, "# 1", ""},
		{owner, "[our shop]", ""},
		{password, "##PASSWORD##", "##PASSWORD##"},
		{owner, "$Owner", "$Owner"},
		{owner, "$5", ""},
		{owner, "$ 5", ""},
		{address, "{$}", ""},
		{plan, "{381b4222-f694-41f0-9685-ff5bb260df2e}", ""},
		{plan, "{a1841308-3541-4fab-bc81-f71556f20b4a}", ""},
		{key, "[WXXXX-WFGWX-YVC9B-4J6C9-T83GX]", ""},
		{key, "[KEY-FOR-THE-NEW-PC]", "[KEY-FOR-THE-NEW-PC]"},
		{address, "[fe80::1]", ""},
		{address, "$env:IP", "$env:IP"},
		{name, "[x]", ""},
		{name, "$x", ""},
		{hide, "$true", ""},
		{hide, "[False]", ""},
		{hide, "$hide", "$hide"},
		{driver, "$WinPEDriver$", ""},
		{driver, "$OEM$", ""},
		{driver, "$Drivers$", "$Drivers$"},
	}
	for _, c := range cases {
		if c.c.Known == nil {
			t.Fatalf("the catalogue has no %s", c.c.Path())
		}
		if got := placeholder(c.c, c.text); got != c.want {
			t.Errorf("%s %q: got %q, want %q", c.c.Setting.Name, c.text, got, c.want)
		}
	}
}

func TestDirectivesBetweenElementsAreFound(t *testing.T) {
	for text, want := range map[string]bool{
		"%{ if owner }": true, "%{ endif ~}": true, "{% for u in users %}": true, "${users}": true, "{{ template }}": true, "<% end %>": true, "<% } %>": true, "{% 1 %}": true, " @USERS@ ": true, "__USERS__": true, "CHANGEME": false,
		"plain text": false, "%{": false, "100 %": false, "": false,
	} {
		if got := isDirective(text); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}

func TestAttributesLeftToATemplate(t *testing.T) {
	for text, want := range map[string]bool{"${arch}": true, "%ARCH%": true, "{{ arch }}": true, "__ARCH__": true, "$arch": true, "{arch}": true, "{0}": true, "[ARCH]": true, "$true": false, "amd64": false, "x64": false, "": false, "%": false, "%%": false} {
		if got := placeholderText(text); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}
