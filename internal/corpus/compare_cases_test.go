package main

import "testing"

func answerFile(body string) []byte {
	return []byte(`<unattend xmlns="urn:schemas-microsoft-com:unattend" xmlns:wcm="http://schemas.microsoft.com/WMIConfig/2002/State">` + body + `</unattend>`)
}

func shell(body string) []byte {
	return answerFile(`<settings pass="specialize"><component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64">` + body + `</component></settings>`)
}

func commands(body string) []byte {
	return shell("<FirstLogonCommands>" + body + "</FirstLogonCommands>")
}

func command(order, line string) string {
	return `<SynchronousCommand wcm:action="add"><Order>` + order + `</Order><CommandLine>` + line + `</CommandLine></SynchronousCommand>`
}

// The comparison is the judge of all round trips: what it overlooks is lost.
func TestTheComparisonSeesWhatMatters(t *testing.T) {
	tcpip := func(body string) []byte {
		return answerFile(`<settings pass="specialize"><component name="Microsoft-Windows-TCPIP"><Interfaces><Interface wcm:action="add">` + body + `</Interface></Interfaces></component></settings>`)
	}
	setup := func(body string) []byte {
		return answerFile(`<settings pass="windowsPE"><component name="Microsoft-Windows-Setup"><DiskConfiguration>` + body + `</DiskConfiguration></component></settings>`)
	}
	cases := []struct {
		name string
		a, b []byte
		same bool
	}{
		{"nothing", shell("<a/>"), shell("<a/>"), true},
		{"white space between elements", shell("<a/>\n  <b/>"), shell("<a/><b/>"), true},
		{"white space in an empty container", shell("<OOBE> </OOBE>"), shell("<OOBE/>"), true},
		{"white space in a value", shell("<TimeZone> </TimeZone>"), shell("<TimeZone/>"), false},
		{"white space around a value", shell("<TimeZone>UTC </TimeZone>"), shell("<TimeZone>UTC</TimeZone>"), false},
		{"comments", shell("<TimeZone>U<!-- x -->TC</TimeZone>"), shell("<TimeZone>UTC</TimeZone>"), true},
		{"CDATA and entities", shell("<TimeZone><![CDATA[<]]></TimeZone>"), shell("<TimeZone>&lt;</TimeZone>"), true},
		{"text", shell("<TimeZone>UTC</TimeZone>"), shell("<TimeZone>utc</TimeZone>"), false},
		{"text beside elements", shell("<a/>x"), shell("<a/>"), false},
		{"place of text", shell("x<a/>"), shell("<a/>x"), false},
		{"instructions", shell("<?a b?><a/>"), shell("<a/>"), false},
		{"instructions before the root", append([]byte("<?a?>"), shell("")...), shell(""), false},
		{"prefixes", shell(`<x:a xmlns:x="urn:x"/>`), shell(`<a xmlns="urn:x"/>`), true},
		{"namespaces", shell(`<a xmlns="urn:x"/>`), shell(`<a/>`), false},
		{"order of attributes", shell(`<a b="1" c="2"/>`), shell(`<a c="2" b="1"/>`), true},
		{"line ends in attributes", shell("<a b=\"1\n2\"/>"), shell(`<a b="1 2"/>`), true},
		{"line ends in namespaces", shell("<x:a x:b=\"1\" xmlns:x=\"urn:\r\nx\"/>"), shell(`<x:a x:b="1" xmlns:x="urn: x"/>`), true},
		{"minor versions", append([]byte(`<?xml version="1.1"?>`), shell("")...), append([]byte(`<?xml version='1.0'?>`), shell("")...), true},
		{"values of attributes", shell(`<a b="1"/>`), shell(`<a b="2"/>`), false},
		{"attributes", shell(`<a wcm:action="add"/>`), shell(`<a/>`), false},
		{"namespaces of attributes", shell(`<a wcm:action="add"/>`), shell(`<a action="add"/>`), false},
		{"names", shell("<TimeZone/>"), shell("<timezone/>"), false},
		{"order of settings", shell("<TimeZone/><CopyProfile/>"), shell("<CopyProfile/><TimeZone/>"), false},
		{"a setting more", shell("<TimeZone/><TimeZone/>"), shell("<TimeZone/>"), false},
		{"order of passes", answerFile(`<settings pass="a"/><settings pass="b"/>`), answerFile(`<settings pass="b"/><settings pass="a"/>`), true},
		{"passes", answerFile(`<settings pass="a"/>`), answerFile(`<settings pass="b"/>`), false},
		{"order of components", answerFile(`<settings><component name="b"/><component name="a"/></settings>`), answerFile(`<settings><component name="a"/><component name="b"/></settings>`), true},
		{"order of components of one name", answerFile(`<settings><component name="b" x="1"/><component name="b" x="2"/></settings>`),
			answerFile(`<settings><component name="b" x="2"/><component name="b" x="1"/></settings>`), false},
		{"other elements at the root", answerFile(`<settings/><x xmlns=""/>`), answerFile(`<settings/>`), false},
		{"place of other elements at the root", answerFile(`<settings/><x xmlns=""/>`), answerFile(`<x xmlns=""/><settings/>`), false},
		{"order of children that the catalogue prescribes", tcpip("<Identifier>a</Identifier><Ipv4Settings/>"), tcpip("<Ipv4Settings/><Identifier>a</Identifier>"), true},
		{"items among other children", setup("<Disk/><WillShowUI/><Disk a='b'/>"), setup("<Disk/><Disk a='b'/><WillShowUI/>"), true},
		{"order of items", setup("<Disk/><Disk a='b'/>"), setup("<Disk a='b'/><Disk/>"), false},
		{"place of the first item", setup("<Disk/><WillShowUI/>"), setup("<WillShowUI/><Disk/>"), false},
		{"numbers of distinct Orders", commands(command("5", "a") + command("3", "b")), commands(command("1", "b") + command("2", "a")), true},
		{"what the Orders say", commands(command("1", "a") + command("2", "b")), commands(command("2", "a") + command("1", "b")), false},
		{"numbers of equal Orders", commands(command("1", "a") + command("1", "b")), commands(command("1", "a") + command("2", "b")), false},
		{"numbers that are none", commands(command("01", "a") + command("0", "b")), commands(command("1", "a") + command("2", "b")), false},
		{"place of Order", commands("<SynchronousCommand><Order>1</Order><a/></SynchronousCommand>"), commands("<SynchronousCommand><a/><Order>1</Order></SynchronousCommand>"), false},
		{"not well-formed", shell("<a>"), shell("<a>"), false},
	}
	for _, c := range cases {
		if diff := compare(c.a, c.b); (diff == "") != c.same {
			t.Errorf("%s: %q", c.name, diff)
		}
		if diff := compare(c.b, c.a); (diff == "") != c.same {
			t.Errorf("%s, the other way round: %q", c.name, diff)
		}
	}
}

func TestTheComparisonReadsEveryEncoding(t *testing.T) {
	utf16 := func(text string, little bool, mark string) []byte {
		out := []byte(mark)
		for _, r := range text {
			if little {
				out = append(out, byte(r), byte(r>>8))
			} else {
				out = append(out, byte(r>>8), byte(r))
			}
		}
		return out
	}
	const text = `<a b="ä">€</a>`
	for name, data := range map[string][]byte{
		"UTF-8 with a mark":                []byte("\ufeff" + text),
		"UTF-16 little endian":             utf16(`<?xml version="1.0" encoding="utf-16"?>`+text, true, "\xff\xfe"),
		"UTF-16 big endian":                utf16(text, false, "\xfe\xff"),
		"UTF-16 little endian, no mark":    utf16(text, true, ""),
		"UTF-16 big endian without a mark": utf16(text, false, ""),
	} {
		if diff := compare([]byte(text), data); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	latin := []byte(`<?xml version="1.0" encoding="iso-8859-1"?><a>` + "\xe4" + `</a>`)
	if diff := compare([]byte("<a>ä</a>"), latin); diff != "" {
		t.Errorf("ISO-8859-1: %s", diff)
	}
}
