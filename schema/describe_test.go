package schema

import (
	"regexp"
	"strings"
	"testing"
)

func TestDescriptionsSaySomethingOfSubstance(t *testing.T) {
	for i := range Components() {
		c := &Components()[i]
		if !substantial(c.Describe(nil), c.Name) {
			t.Errorf("%s: %s", c.Name, c.Describe(nil))
		}
		for j := range c.Settings {
			s := &c.Settings[j]
			if text := c.Describe(s); !substantial(text, c.Name+" "+s.Path) {
				t.Errorf("%s %s: %s", c.Name, s.Path, text)
			}
		}
	}
}

// substantial tells whether anything is left of a description when the words
// of the names, the source and words without content are gone.
func substantial(text, names string) bool {
	text, _, _ = strings.Cut(text, "Source: ")
	drop := map[string]bool{}
	for _, word := range wordsOf(names + " a an the of in is it its this that and or with by for to component setting settings group value element windows microsoft pass passes") {
		drop[word] = true
	}
	left := 0
	for _, word := range wordsOf(text) {
		if !drop[word] {
			left++
		}
	}
	return left >= 3
}

var wordPattern = regexp.MustCompile(`[A-Z]?[a-z]+|[A-Z]+|[0-9]+`)

func wordsOf(s string) []string {
	words := wordPattern.FindAllString(s, -1)
	for i := range words {
		words[i] = strings.ToLower(words[i])
	}
	return words
}

func TestADescriptionOfNamesAloneIsRefused(t *testing.T) {
	const names = "Microsoft-Windows-Shell-Setup OOBE/ProtectYourPC"
	for _, text := range []string{
		"",
		"The ProtectYourPC setting of OOBE.",
		"ProtectYourPC is a setting of the component Microsoft-Windows-Shell-Setup. Source: https://example.com/any/words/at/all/here.",
	} {
		if substantial(text, names) {
			t.Errorf("accepted: %s", text)
		}
	}
	if !substantial("It must be 1, 2 or 3.", names) {
		t.Error("refuses a description with values")
	}
}

func TestDescriptionsAreWholeSentences(t *testing.T) {
	bad := regexp.MustCompile(`\.\.|\. \.|  |: \.|\(\)|, \.|<nil>|%!`)
	for i := range Components() {
		c := &Components()[i]
		texts := []string{c.Describe(nil)}
		for j := range c.Settings {
			texts = append(texts, c.Describe(&c.Settings[j]))
		}
		for _, text := range texts {
			if bad.MatchString(text) || !strings.HasSuffix(text, ".") || !strings.Contains(text, "Valid in the ") {
				t.Errorf("%s: %s", c.Name, text)
			}
		}
	}
}

func TestDescribe(t *testing.T) {
	const shell = "Microsoft-Windows-Shell-Setup"
	for _, tc := range []struct {
		component, path string
		want            []string
	}{
		{shell, "OOBE/ProtectYourPC", []string{"It must be 1, 2 or 3.", "Valid in the oobeSystem pass.", "Source: https://learn.microsoft.com/"}},
		{shell, "ComputerName", []string{"At most 15 bytes; none of blank {", "* has a meaning of its own", "May be empty."}},
		{shell, "ProductKey", []string{"Exactly 29 characters.", "The value is a secret."}},
		{shell, "UserAccounts/LocalAccounts", []string{"A list: any number of LocalAccount, told apart by their Name."}},
		{shell, "UserAccounts/LocalAccounts/LocalAccount", []string{"A repeated element, told apart by its Name, with 5 settings (Description, "}},
		{shell, "AutoLogon/LogonCount", []string{"at least 0", "Required wherever AutoLogon stands.", "Limits: not applied to Nano Server images."}},
		{shell, "OEMInformation/Logo", []string{"Deprecated since Windows 10 1709; no longer shown."}},
		{shell, "TaskbarLinks", []string{"Deprecated since Windows 11 21H2. Windows 11 takes the pins", "not confirmed by a published page", "Use LayoutModification.xml"}},
		{shell, "Themes/ScreenSaver", []string{"Removed in Windows 10 1709."}},
		{shell, "ShowWindowsLive", []string{"Not in the published reference. Left over", "as far as its surroundings tell", "Source: seen in public answer files."}},
		{"Microsoft-Windows-Setup", "WindowsDeploymentServices/Login", []string{"Not in Windows 11 21H2 and later."}},
		{"Microsoft-Windows-TCPIP", "Interfaces/Interface/UnicastIpAddresses/IpAddress", []string{"whose text is the value", "192.0.2.10/24"}},
		{"Microsoft-Windows-TCPIP", "Interfaces/Interface/UnicastIpAddresses/IpAddress/Key", []string{"not a child element"}},
		{"Microsoft-Windows-TCPIP", "Interfaces/Interface/Ipv4Settings/Metric", []string{"from 5 to 50 (usual, not enforced)"}},
		{"Microsoft-Windows-IE-ClientNetworkProtocolImplementation", "HKLMConnectTimeOut", []string{"from 5000 to 86400000, or 0"}},
		{"Security-Malware-Windows-Defender", "FallbackOrder", []string{"a list of InternalDefinitionUpdateServer, MicrosoftUpdateServer, MMPC, FileShares with | between them"}},
		{"Microsoft-Windows-SNMP-Agent-Service", "RFC1156Agent/sysServices", []string{"a sum of 1, 2, 4, 8, 64", "Default: 76."}},
		{"Networking-MPSSVC-Svc", "FirewallGroups/FirewallGroup/Group", []string{"Default: an empty value."}},
		{"Microsoft-Windows-Sensors-Core", "HumanPresenceSetting", []string{"further settings whose names are not known"}},
		{"Microsoft-Windows-PnpSysprep", "", []string{"2 known settings", "No setting is known to take effect in specialize."}},
		{"Microsoft-Windows-Store-Client-UI", "", []string{"Not in Windows 10 1511 and later."}},
		{"Microsoft-Windows-MobilePC-Sensors-API", "", []string{"Use Microsoft-Windows-Sensors-Core instead."}},
	} {
		c := FindComponent(tc.component)
		var s *Setting
		if tc.path != "" {
			if s = c.Find(tc.path); s == nil {
				t.Errorf("no %s", tc.path)
				continue
			}
		}
		text := c.Describe(s)
		for _, want := range tc.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s %s: no %q in %q", tc.component, tc.path, want, text)
			}
		}
	}
}
