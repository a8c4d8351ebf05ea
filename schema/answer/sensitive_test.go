package answer

import (
	"strings"
	"testing"
)

// What is a secret by its name must be masked before anybody has corrected
// that name.
func TestSensitive(t *testing.T) {
	const shell, join = "Microsoft-Windows-Shell-Setup", "Microsoft-Windows-UnattendedJoin"
	for _, c := range []struct {
		component, path string
		want            bool
	}{
		{shell, "ProductKey", true},
		{shell, "AutoLogon/Password/Value", true},
		{shell, "AutoLogon/Username", false},
		{shell, "ProdutcKey", true},
		{shell, "AutoLogon/Pasword", true},
		{shell, "AutoLogon/Pasword/Value", true},
		{shell, "AutoLogon/Pasword/Valeu", true},
		{shell, "AutoLogon/Password/Valeu", true},
		{shell, "AutoLogon/Usrname", false},
		{shell, "TimeZoone", false},
		{shell, "Nowhere/Username", false},
		{shell, "Nowhere/MyPassword", true},
		{join, "Identification/Provisioning/AcountData", true},
		{join, "Identification/MachinePasword", true},
		{"Contoso-Agent", "Pasword", false}, // nothing is known of it
		{"Contoso-Agent", "Secret", true},
	} {
		root := &Component{Name: c.component}
		list := &root.Settings
		for name := range strings.SplitSeq(c.path, "/") {
			*list = []*Setting{{Name: name}}
			list = &(*list)[0].Children
		}
		f := &File{Passes: []*Pass{{Name: "oobeSystem", Components: []*Component{root}}}}
		got := false
		f.Walk(func(at *Cursor) bool {
			got = at.Sensitive()
			return true
		})
		if got != c.want {
			t.Errorf("%s %s: sensitive %v", c.component, c.path, got)
		}
	}
}
