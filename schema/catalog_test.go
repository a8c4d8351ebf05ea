package schema

import (
	"strings"
	"testing"
)

// The look-ups rely on this layout; the generator makes it.
func TestCatalogueIsLaidOutForBinarySearch(t *testing.T) {
	for i := range Components() {
		c := &Components()[i]
		if i > 0 && compareFold(Components()[i-1].Name, c.Name) >= 0 {
			t.Errorf("%s stands before %s", Components()[i-1].Name, c.Name)
		}
		top := c.Children(nil)
		checkSiblings(t, c, nil, top)
		seen := len(top)
		for j := range c.Settings {
			s := &c.Settings[j]
			checkSiblings(t, c, s, c.Children(s))
			seen += len(c.Children(s))
		}
		if seen != len(c.Settings) {
			t.Errorf("%s: %d of %d settings are children of something", c.Name, seen, len(c.Settings))
		}
	}
}

func checkSiblings(t *testing.T, c *Component, parent *Setting, children []Setting) {
	t.Helper()
	prefix := ""
	if parent != nil {
		prefix = parent.Path + "/"
	}
	for i := range children {
		s := &children[i]
		if s.Path != prefix+s.Name() {
			t.Errorf("%s: %s stands among the children of %q", c.Name, s.Path, prefix)
		}
		if i > 0 && compareFold(children[i-1].Name(), s.Name()) >= 0 {
			t.Errorf("%s: %s stands before %s", c.Name, children[i-1].Path, s.Path)
		}
		if got := c.Parent(s); got != parent {
			t.Errorf("%s: parent of %s is %v", c.Name, s.Path, got)
		}
	}
}

func TestEverySettingIsFoundByPathInAnyCase(t *testing.T) {
	for i := range Components() {
		c := &Components()[i]
		for _, name := range []string{c.Name, strings.ToUpper(c.Name), strings.ToLower(c.Name)} {
			if FindComponent(name) != c {
				t.Errorf("FindComponent(%q) is another component", name)
			}
		}
		for j := range c.Settings {
			s := &c.Settings[j]
			for _, path := range []string{s.Path, strings.ToUpper(s.Path), strings.ToLower(s.Path)} {
				if c.Find(path) != s {
					t.Errorf("%s: Find(%q) is another setting", c.Name, path)
				}
			}
		}
	}
}

func TestUnknownNamesAreNotFound(t *testing.T) {
	for _, name := range []string{"", "Microsoft", "Microsoft-Windows-Shell-Setu", "Microsoft-Windows-Shell-Setups", "Ärger"} {
		if c := FindComponent(name); c != nil {
			t.Errorf("FindComponent(%q) = %s", name, c.Name)
		}
	}
	shell := FindComponent("Microsoft-Windows-Shell-Setup")
	for _, path := range []string{"", "/", "OOBE/", "/OOBE", "OOBE//ProtectYourPC", "OOBE/ProtectYourP", "ProtectYourPC", "TimeZone/X"} {
		if s := shell.Find(path); s != nil {
			t.Errorf("Find(%q) = %s", path, s.Path)
		}
	}
}

func TestAliasesLeadToTheCanonicalName(t *testing.T) {
	setup := FindComponent("Microsoft-Windows-Setup")
	s := setup.Find("RunSynchronous/RunSynchronousCommand/Credentials/Username")
	if s == nil || s.Name() != "UserName" {
		t.Fatalf("alias Username: got %v", s)
	}
}

func TestKeyValueAttributeIsNoChildElement(t *testing.T) {
	tcpip := FindComponent("Microsoft-Windows-TCPIP")
	item := tcpip.Find("Interfaces/Interface/UnicastIpAddresses/IpAddress")
	if item == nil || !item.KeyAttr || !item.Text {
		t.Fatalf("IpAddress: got %+v", item)
	}
	if s := tcpip.Child(item, "Key"); s != nil {
		t.Errorf("Child finds the attribute %s", s.Path)
	}
	if s := tcpip.Find(item.Path + "/Key"); s == nil || s.Type != KeyType {
		t.Errorf("Find does not describe the attribute: %v", s)
	}
}

func TestItemOfIsTheOnlyChildOfAList(t *testing.T) {
	for i := range Components() {
		c := &Components()[i]
		for j := range c.Settings {
			s := &c.Settings[j]
			item := c.ItemOf(s)
			if (s.Kind == List) != (item != nil) {
				t.Errorf("%s: %s is a %s and has the item %v", c.Name, s.Path, s.Kind, item)
			}
			if item != nil && item.Kind != Item {
				t.Errorf("%s: item of %s is a %s", c.Name, s.Path, item.Kind)
			}
		}
	}
	if FindComponent("Microsoft-Windows-TCPIP").ItemOf(nil) != nil {
		t.Error("ItemOf(nil) is an item")
	}
}

func TestContainersHoldNoValue(t *testing.T) {
	for i := range Components() {
		for j := range Components()[i].Settings {
			s := &Components()[i].Settings[j]
			if s.Container() == (s.Type != NoType) {
				t.Errorf("%s: %s %s has type %q", Components()[i].Name, s.Kind, s.Path, s.Type)
			}
		}
	}
}

func BenchmarkFind(b *testing.B) {
	for b.Loop() {
		c := FindComponent("microsoft-windows-shell-setup")
		if c.Find("UserAccounts/LocalAccounts/LocalAccount/Password/Value") == nil {
			b.Fatal("not found")
		}
	}
}
