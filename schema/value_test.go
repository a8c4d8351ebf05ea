package schema

import (
	"fmt"
	"strings"
	"testing"
)

const (
	shellSetup  = "Microsoft-Windows-Shell-Setup"
	setup       = "Microsoft-Windows-Setup"
	tcpip       = "Microsoft-Windows-TCPIP"
	defender    = "Security-Malware-Windows-Defender"
	unicast     = "Interfaces/Interface/UnicastIpAddresses/IpAddress"
	gateway     = "Interfaces/Interface/Routes/Route/NextHopAddress"
	accountName = "UserAccounts/LocalAccounts/LocalAccount/Name"
)

func settingOf(t testing.TB, component, path string) *Setting {
	t.Helper()
	c := FindComponent(component)
	if c == nil || c.Find(path) == nil {
		t.Fatalf("the catalogue has no %s %s", component, path)
	}
	return c.Find(path)
}

// The third column is a summary of the reasons: kind, case and softness, the
// text, and what is suggested.
func TestCheckValue(t *testing.T) {
	for _, tc := range []struct{ component, path, value, want string }{
		{shellSetup, "CopyProfile", "true", ""},
		{shellSetup, "CopyProfile", "True", "boolean: must be true or false → true"},
		{shellSetup, "CopyProfile", "0", "boolean: must be true or false → false"},
		{shellSetup, "CopyProfile", "NO", "boolean: must be true or false → false"},
		{shellSetup, "CopyProfile", "ture", "type: must be true or false → true"},
		{shellSetup, "CopyProfile", "maybe", "type: must be true or false"},
		{shellSetup, "CopyProfile", "", "empty: must not be empty: must be true or false"},

		{shellSetup, "OOBE/ProtectYourPC", "3", ""},
		{shellSetup, "OOBE/ProtectYourPC", "4", "listed: must be 1, 2 or 3"},
		{shellSetup, "OOBE/NetworkLocation", "work", "listed (case): must be Home, Work or Other → Work"},
		{shellSetup, "OOBE/NetworkLocation", "Othr", "listed: must be Home, Work or Other → Other"},
		{"Microsoft-Windows-Sensors-Core", "HumanPresenceSetting/AllowDimCapable", "True", "listed: must be 0 or 1 → 1"},

		{shellSetup, "ComputerName", "*", ""},
		{shellSetup, "ComputerName", "", ""},
		{shellSetup, "ComputerName", "PC-0123456789AB", ""},
		{shellSetup, "ComputerName", "PC-0123456789ABC", "long: must have at most 15 bytes, this has 16"},
		{shellSetup, "ComputerName", "ÄÄÄÄÄÄÄÄ", "long: must have at most 15 bytes, this has 16"},
		{shellSetup, "ComputerName", "a b.c.d", `chars: must not contain blanks or "."`},
		{shellSetup, "RegisteredOwner", strings.Repeat("Ä", 63), ""},
		{shellSetup, accountName, "none", "word: must not be NONE"},
		{shellSetup, accountName, "a@b", `chars: must not contain "@"`},
		{shellSetup, "ProductKey", "AAAAA", "short: must have at least 29 characters, this has 5"},
		{"Microsoft-Windows-SHWebSVC", "ID", "", ""},

		{shellSetup, "AutoLogon/LogonCount", "007", ""},
		{shellSetup, "AutoLogon/LogonCount", "+1", ""},
		{shellSetup, "AutoLogon/LogonCount", "-1", "range: must be at least 0"},
		{shellSetup, "AutoLogon/LogonCount", "1.5", "type: must be a whole number without a sign"},
		{shellSetup, "AutoLogon/LogonCount", "+-1", "type: must be a whole number without a sign"},
		{shellSetup, "AutoLogon/LogonCount", "18446744073709551615", ""},
		{shellSetup, "AutoLogon/LogonCount", "18446744073709551616", "range: must be at least 0"},
		{shellSetup, "FirstLogonCommands/SynchronousCommand/Order", "0", "range: must be from 1 to 500"},
		{shellSetup, "FirstLogonCommands/SynchronousCommand/Order", "99999999999999999999999", "range: must be from 1 to 500"},
		{shellSetup, "FirstLogonCommands/SynchronousCommand/Order", "", "empty: must not be empty: must be a whole number without a sign"},
		{setup, "DiskConfiguration/Disk/CreatePartitions/CreatePartition/Size", "1e3", "type: must be a whole number without a sign"},
		{setup, "DiskConfiguration/Disk/CreatePartitions/CreatePartition/Size", "-1", "type: must be a whole number without a sign"},
		{"Microsoft-Windows-BLB-WSB-Online-Main", "DescriptionText1", "-3", ""},
		{"Microsoft-Windows-BLB-WSB-Online-Main", "DescriptionText1", "99999999999999999999", "type: must be a whole number of at most 64 bits"},
		{tcpip, "Interfaces/Interface/Ipv4Settings/Metric", "60", "range (soft): must be from 5 to 50"},
		{"Microsoft-Windows-IE-ClientNetworkProtocolImplementation", "HKLMConnectTimeOut", "0", ""},
		{"Microsoft-Windows-IE-ClientNetworkProtocolImplementation", "HKLMConnectTimeOut", "1", "range: must be from 5000 to 86400000, or 0"},
		{"Microsoft-Windows-SNMP-Agent-Service", "RFC1156Agent/sysServices", "79", ""},
		{"Microsoft-Windows-SNMP-Agent-Service", "RFC1156Agent/sysServices", "16", "range: must be a sum of 1, 2, 4, 8, 64"},

		{tcpip, unicast, "192.0.2.10/24", ""},
		{tcpip, unicast, "2001:db8::1/64", ""},
		{tcpip, unicast, "192.0.2.10", ""},
		{tcpip, unicast, "192.0.2.300/24", "type: must be an IP address, with or without the length of its prefix, such as 192.0.2.10/24"},
		{tcpip, unicast, "192.0.2.10/33", "type: must be an IP address, with or without the length of its prefix, such as 192.0.2.10/24"},
		{tcpip, unicast, "192.0.2.10/+4", "type: must be an IP address, with or without the length of its prefix, such as 192.0.2.10/24"},
		{tcpip, unicast, "192.0.2.10/", "type: must be an IP address, with or without the length of its prefix, such as 192.0.2.10/24"},
		{"Microsoft-Windows-DNS-Client", "Interfaces/Interface/DNSServerSearchOrder/IpAddress", "192.0.2.1/24", "type: must be one IP address such as 192.0.2.10 or 2001:db8::1"},

		{defender, "FallbackOrder", "MMPC|FileShares|", ""},
		{defender, "FallbackOrder", "mmpc | Elsewhere", "listed (case): must be a list of InternalDefinitionUpdateServer, MicrosoftUpdateServer, MMPC, FileShares with | between them → MMPC; listed: must be a list of InternalDefinitionUpdateServer, MicrosoftUpdateServer, MMPC, FileShares with | between them"},

		{"Microsoft-Windows-IE-InternetExplorer", "PreApprovedAddons/AddonGuidItem/AddonGuid", "{01234567-89AB-cdef-0123-456789abcdef}", ""},
		{"Microsoft-Windows-IE-InternetExplorer", "PreApprovedAddons/AddonGuidItem/AddonGuid", "01234567-89AB-cdef-0123-456789abcdef", ""},
		{"Microsoft-Windows-IE-InternetExplorer", "PreApprovedAddons/AddonGuidItem/AddonGuid", "{01234567-89AB-cdef-0123-456789abcdef", "type: must be a GUID such as {01234567-89ab-cdef-0123-456789abcdef}"},
		{"Microsoft-Windows-MobilePC-Sensors-API", "AdaptiveBrightness/ALRPoints", "0x0A 0xff,10", ""},
		{"Microsoft-Windows-MobilePC-Sensors-API", "AdaptiveBrightness/ALRPoints", "0xzz", "type: must be a hexadecimal number"},
		{"Microsoft-Windows-UnattendedJoin", "Identification/Provisioning/AccountData", "YWJj\n  ZGVm\n", ""},
		{"Microsoft-Windows-UnattendedJoin", "Identification/Provisioning/AccountData", "not*base64", "type: must be text in Base64"},
		{shellSetup, "OEMInformation/Logo", `%WINDIR%\System32\oemlogo.bmp`, ""},
		{shellSetup, "OEMInformation/Logo", `C:\a<b`, "type: must be a path without < > | and line breaks"},
		{shellSetup, "OEMInformation/SupportURL", "www.example.com", ""},
		{shellSetup, "OEMInformation/SupportURL", "see our site", "type: must be an address without blanks, quotation marks and < >"},

		{shellSetup, "OOBE", "anything", ""},
		{tcpip, unicast + "/Key", "anything", ""},
	} {
		got := summaryOf(settingOf(t, tc.component, tc.path).CheckValue(tc.value))
		if got != tc.want {
			t.Errorf("%s %q:\n got %s\nwant %s", tc.path, tc.value, got, tc.want)
		}
	}
}

func summaryOf(reasons []Reason) string {
	names := [...]string{"type", "boolean", "listed", "range", "long", "short", "chars", "word", "empty"}
	var out []string
	for _, r := range reasons {
		text := names[r.Kind]
		if r.CaseOnly {
			text += " (case)"
		}
		if r.Soft {
			text += " (soft)"
		}
		text += ": " + r.Text
		if r.Suggest != "" {
			text += " → " + r.Suggest
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

// The reference's own defaults and listed values must pass.
func TestDocumentedValuesHaveNoReason(t *testing.T) {
	for i := range Components() {
		c := &Components()[i]
		for j := range c.Settings {
			s := &c.Settings[j]
			values := append(append([]string{}, s.Values...), s.SpecialValues...)
			values = append(values, strings.Join(s.ListValues, s.Separator))
			if s.HasDefault {
				values = append(values, s.Default)
			}
			for _, v := range values {
				if v == "" {
					continue
				}
				if got := s.CheckValue(v); got != nil {
					t.Errorf("%s %s: %q: %s", c.Name, s.Path, v, summaryOf(got))
				}
			}
		}
	}
}

func TestNoReasonHoldsASecret(t *testing.T) {
	const secret = "s3cr\x00t /|<>&;\"+ päss"
	found := 0
	for i := range Components() {
		for j := range Components()[i].Settings {
			s := Components()[i].Settings[j]
			if !s.Sensitive {
				continue
			}
			found++
			s.MaxLength, s.ForbiddenChars, s.Type, s.Values = 3, "/|<>&", Enum, []string{"a"}
			for _, r := range s.CheckValue(secret) {
				if text := r.Text + r.Suggest; strings.ContainsAny(text, "/|<>&\x00") || strings.Contains(text, "s3cr") {
					t.Errorf("%s: %s", s.Path, text)
				}
			}
		}
	}
	if found == 0 {
		t.Error("the catalogue has no sensitive setting")
	}
}

func FuzzCheckValue(f *testing.F) {
	for _, seed := range []string{"", "true", "-1", "0x1F", "192.0.2.1/24", "{01234567-89ab-cdef-0123-456789abcdef}", "a;b;", "\xff\xfe", "99999999999999999999", "%WINDIR%\\x", "AAAA=", "!.00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		for i := range Components() {
			for j := range Components()[i].Settings {
				s := &Components()[i].Settings[j]
				for _, r := range s.CheckValue(value) {
					if r.Text == "" || strings.HasSuffix(r.Text, ".") {
						t.Fatalf("%s: the reason %+v is no clause", s.Path, r)
					}
					if r.Suggest != "" && s.Separator == "" && fmt.Sprint(s.CheckValue(r.Suggest)) != "[]" {
						t.Fatalf("%s: %q suggests %q, which does not fit either", s.Path, value, r.Suggest)
					}
				}
			}
		}
	})
}

func BenchmarkCheckValue(b *testing.B) {
	s := settingOf(b, shellSetup, "ComputerName")
	for b.Loop() {
		if s.CheckValue("PC-0123456789") != nil {
			b.Fatal("a good name is refused")
		}
	}
}
