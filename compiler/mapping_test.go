package compiler

import (
	"strings"
	"testing"
)

// TestMappingOfEveryForm holds one case for each row of the table that tells
// how XML is written in YAML.
func TestMappingOfEveryForm(t *testing.T) {
	const shell, dns, setup = "Microsoft-Windows-Shell-Setup", "Microsoft-Windows-DNS-Client", "Microsoft-Windows-Setup"
	cases := []struct{ name, pass, component, yaml, want string }{
		{"scalar", "specialize", shell, `CopyProfile: true`, `<CopyProfile>true</CopyProfile>`},
		{"container", "oobeSystem", shell, "OOBE: {HideEULAPage: true, ProtectYourPC: 3}",
			"<OOBE>\n<HideEULAPage>true</HideEULAPage>\n<ProtectYourPC>3</ProtectYourPC>\n</OOBE>"},
		{"list implies the name of its item", "oobeSystem", shell, `
FirstLogonCommands:
  - CommandLine: cmd /c ver
  - CommandLine: cmd /c echo two
    Description: second`, `
<FirstLogonCommands>
<SynchronousCommand wcm:action="add">
<Order>1</Order>
<CommandLine>cmd /c ver</CommandLine>
</SynchronousCommand>
<SynchronousCommand wcm:action="add">
<Order>2</Order>
<CommandLine>cmd /c echo two</CommandLine>
<Description>second</Description>
</SynchronousCommand>
</FirstLogonCommands>`},
		{"list with attributes", "oobeSystem", shell, `
FirstLogonCommands:
  $attr: {xml:lang: de}
  SynchronousCommand:
    - CommandLine: cmd /c ver`, `
<FirstLogonCommands xml:lang="de">
<SynchronousCommand wcm:action="add">
<Order>1</Order>
<CommandLine>cmd /c ver</CommandLine>
</SynchronousCommand>
</FirstLogonCommands>`},
		{"list with a misnamed item", "oobeSystem", shell, `
FirstLogonCommands:
  AsynchronousCommand:
    - CommandLine: cmd /c ver`, `
<FirstLogonCommands>
<AsynchronousCommand>
<CommandLine>cmd /c ver</CommandLine>
</AsynchronousCommand>
</FirstLogonCommands>`},
		{"items beside other children", "windowsPE", setup, `
DiskConfiguration:
  WillShowUI: OnError
  Disk:
    - DiskID: 0
      CreatePartitions:
        - {Type: EFI, Size: 300}
        - {Type: Primary, Extend: true}`, `
<DiskConfiguration>
<WillShowUI>OnError</WillShowUI>
<Disk wcm:action="add">
<DiskID>0</DiskID>
<CreatePartitions>
<CreatePartition wcm:action="add">
<Order>1</Order>
<Type>EFI</Type>
<Size>300</Size>
</CreatePartition>
<CreatePartition wcm:action="add">
<Order>2</Order>
<Type>Primary</Type>
<Extend>true</Extend>
</CreatePartition>
</CreatePartitions>
</Disk>
</DiskConfiguration>`},
		{"item within an item", "oobeSystem", shell, `
UserAccounts:
  DomainAccounts:
    - Domain: corp.example
      DomainAccount:
        - {Name: support, Group: Administrators}`, `
<UserAccounts>
<DomainAccounts>
<DomainAccountList wcm:action="add">
<Domain>corp.example</Domain>
<DomainAccount wcm:action="add">
<Name>support</Name>
<Group>Administrators</Group>
</DomainAccount>
</DomainAccountList>
</DomainAccounts>
</UserAccounts>`},
		{"repeated unknown elements", "specialize", shell, "Novelty: [one, {Deep: two}, '']", `
<Novelty>one</Novelty>
<Novelty>
<Deep>two</Deep>
</Novelty>
<Novelty></Novelty>`},
		{"texts with keys 1 to n", "specialize", dns, "DNSSuffixSearchOrder: [corp.example, lab.example]", `
<DNSSuffixSearchOrder>
<DomainName wcm:action="add" wcm:keyValue="1">corp.example</DomainName>
<DomainName wcm:action="add" wcm:keyValue="2">lab.example</DomainName>
</DNSSuffixSearchOrder>`},
		{"texts with keys of their own", "specialize", dns, "DNSSuffixSearchOrder: {a: corp.example, 07: lab.example}", `
<DNSSuffixSearchOrder>
<DomainName wcm:action="add" wcm:keyValue="a">corp.example</DomainName>
<DomainName wcm:action="add" wcm:keyValue="07">lab.example</DomainName>
</DNSSuffixSearchOrder>`},
		{"texts as key and text", "specialize", dns, `
DNSSuffixSearchOrder:
  - {$key: 2, $text: corp.example, $action: modify}
  - lab.example
  - {$text: third.example}`, `
<DNSSuffixSearchOrder>
<DomainName wcm:action="modify" wcm:keyValue="2">corp.example</DomainName>
<DomainName wcm:action="add" wcm:keyValue="1">lab.example</DomainName>
<DomainName wcm:action="add" wcm:keyValue="3">third.example</DomainName>
</DNSSuffixSearchOrder>`},
		{"texts with keys below the name of the item", "specialize", dns, `
DNSSuffixSearchOrder:
  $attr: {xml:lang: en}
  DomainName: {x: corp.example}`, `
<DNSSuffixSearchOrder xml:lang="en">
<DomainName wcm:action="add" wcm:keyValue="x">corp.example</DomainName>
</DNSSuffixSearchOrder>`},
		{"items with a key and children", "specialize", "Networking-MPSSVC-Svc", `
FirewallGroups:
  - {$key: RemoteDesktop, Active: true, Group: Remote Desktop, Profile: all}
  - {Active: false, Group: Other, Profile: all, Key: an element}`, `
<FirewallGroups>
<FirewallGroup wcm:action="add" wcm:keyValue="RemoteDesktop">
<Active>true</Active>
<Group>Remote Desktop</Group>
<Profile>all</Profile>
</FirewallGroup>
<FirewallGroup wcm:action="add" wcm:keyValue="1">
<Active>false</Active>
<Group>Other</Group>
<Profile>all</Profile>
<Key>an element</Key>
</FirewallGroup>
</FirewallGroups>`},
		{"an action that is not add", "oobeSystem", shell, "OOBE: {$action: remove, HideEULAPage: true}",
			"<OOBE wcm:action=\"remove\">\n<HideEULAPage>true</HideEULAPage>\n</OOBE>"},
		{"implied parts left out", "oobeSystem", shell, `
FirstLogonCommands:
  - $omit: [action, order]
    CommandLine: cmd /c ver`, `
<FirstLogonCommands>
<SynchronousCommand>
<CommandLine>cmd /c ver</CommandLine>
</SynchronousCommand>
</FirstLogonCommands>`},
		{"key left out", "specialize", dns, "DNSSuffixSearchOrder: [{$omit: [key], $text: corp.example}]", `
<DNSSuffixSearchOrder>
<DomainName wcm:action="add">corp.example</DomainName>
</DNSSuffixSearchOrder>`},
		{"Order goes on from the highest", "specialize", "Microsoft-Windows-Deployment", `
RunSynchronous:
  - {Order: 5, Path: cmd /c a}
  - {Path: cmd /c b}
  - {Order: 2, Path: cmd /c c}
  - {Path: cmd /c d}`, `
<RunSynchronous>
<RunSynchronousCommand wcm:action="add">
<Order>5</Order>
<Path>cmd /c a</Path>
</RunSynchronousCommand>
<RunSynchronousCommand wcm:action="add">
<Order>6</Order>
<Path>cmd /c b</Path>
</RunSynchronousCommand>
<RunSynchronousCommand wcm:action="add">
<Order>2</Order>
<Path>cmd /c c</Path>
</RunSynchronousCommand>
<RunSynchronousCommand wcm:action="add">
<Order>7</Order>
<Path>cmd /c d</Path>
</RunSynchronousCommand>
</RunSynchronous>`},
		{"attributes and text beside children", "oobeSystem", shell, "OOBE: {$attr: {note: x, wcm:other: y}, $text: loose, HideEULAPage: true}",
			`<OOBE note="x" wcm:other="y">loose<HideEULAPage>true</HideEULAPage></OOBE>`},
		{"attribute of a value", "specialize", shell, "CopyProfile: {$text: true, $attr: {note: x}}", `<CopyProfile note="x">true</CopyProfile>`},
		{"attribute of a declared namespace", "specialize", shell, "CopyProfile: {$text: true, $attr: {'xmlns:x': 'urn:x', 'x:note': y}}",
			`<CopyProfile x:note="y" xmlns:x="urn:x">true</CopyProfile>`},
		{"empty element", "specialize", shell, "ComputerName: ''\nAutoLogon: ''", "<ComputerName></ComputerName>\n<AutoLogon></AutoLogon>"},
		{"empty item", "windowsPE", setup, "DiskConfiguration: {Disk: ''}", "<DiskConfiguration>\n<Disk></Disk>\n</DiskConfiguration>"},
		{"empty entry", "windowsPE", setup, "DiskConfiguration: {Disk: ['']}", "<DiskConfiguration>\n<Disk wcm:action=\"add\"></Disk>\n</DiskConfiguration>"},
		{"null is text", "specialize", shell, "ComputerName: ~", `<ComputerName>~</ComputerName>`},
		{"white space is kept in a value", "specialize", shell, "RegisteredOwner: '  x '", `<RegisteredOwner>  x </RegisteredOwner>`},
		{"names are kept as typed", "specialize", shell, "copyprofile: true", `<copyprofile>true</copyprofile>`},
		{"escape of a variable", "specialize", shell, "RegisteredOwner: $${vars.x} ${env:TEMP} $$", `<RegisteredOwner>${vars.x} ${env:TEMP} $$</RegisteredOwner>`},
		{"secret in a scalar", "specialize", shell, "ProductKey: {env: KEY}", `<ProductKey>[secret env:KEY]</ProductKey>`},
		{"secret in an item", "specialize", dns, "DNSSuffixSearchOrder: [{file: suffix.txt}]", `
<DNSSuffixSearchOrder>
<DomainName wcm:action="add" wcm:keyValue="1">[secret file:suffix.txt]</DomainName>
</DNSSuffixSearchOrder>`},
		{"a secret is none in a container that the catalogue lacks", "specialize", shell, "Novelty: {env: x}", "<Novelty>\n<env>x</env>\n</Novelty>"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := componentBody(t, written(t, lowered(t, inComponent(c.pass, c.component, c.yaml))))
			if want := strings.TrimSpace(c.want); plainEmpty(got) != plainEmpty(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// plainEmpty takes both ways to write an empty element for the same.
func plainEmpty(xml string) string {
	var lines []string
	for l := range strings.SplitSeq(xml, "\n") {
		if name, ok := strings.CutSuffix(l, "/>"); ok {
			l = name + "></" + strings.TrimPrefix(strings.Fields(name)[0], "<") + ">"
		}
		lines = append(lines, l)
	}
	return strings.Join(lines, "\n")
}

func TestAttributesOfRootPassAndComponent(t *testing.T) {
	xml := written(t, lowered(t, `version: reseal/v1
passes:
  $attr: {xml:lang: en, 'xmlns:t': 'urn:t', 't:tool': x}
  specialize:
    $attr: {wasPassProcessed: true, t:tool: y}
    Microsoft-Windows-Shell-Setup@x86:
      $attr: {language: de-DE, note: z}
      $omit: [versionScope, publicKeyToken]
      CopyProfile: true
    Microsoft-Windows-Deployment@arm64:
      $omit: [processorArchitecture]
      $attr: {PublicKeyToken: abc}
    Microsoft-Windows-DNS-Client:
      $omit: [name, processorArchitecture]
      $attr: {Name: Microsoft-Windows-DNS-Client, ProcessorArchitecture: arm}
      DNSSuffixSearchOrder: [x]
`))
	for _, want := range []string{
		`xml:lang="en"`, `t:tool="x"`, `xmlns:t="urn:t"`,
		`<settings pass="specialize" wasPassProcessed="true" t:tool="y">`,
		`<component name="Microsoft-Windows-Shell-Setup" processorArchitecture="x86" language="de-DE" note="z">`,
		`<component Name="Microsoft-Windows-DNS-Client" ProcessorArchitecture="arm" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS">`,
		`<component name="Microsoft-Windows-Deployment" publicKeyToken="31bf3856ad364e35" PublicKeyToken="abc" language="neutral" versionScope="nonSxS"`,
	} {
		if !strings.Contains(xml, want) {
			t.Errorf("%s is missing in\n%s", want, xml)
		}
	}
}
