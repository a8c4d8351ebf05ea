package wholefile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/windows"
)

func TestAFileForItsOwnerIsOpenToNobodyElse(t *testing.T) {
	name := filepath.Join(t.TempDir(), "secret.xml")
	if err := Write(name, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	descriptor, err := windows.GetNamedSecurityInfo(name, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION)
	if err != nil {
		t.Fatal(err)
	}
	list := descriptor.String()
	if !strings.Contains(list, "D:P") || strings.Count(list, "(A;") != 3 {
		t.Errorf("access list %s", list)
	}
	for _, who := range []string{";;;BA)", ";;;SY)", ";;;OW)"} {
		if !strings.Contains(list, who) {
			t.Errorf("access list %s lacks %s", list, who)
		}
	}
	if text, err := os.ReadFile(name); err != nil || string(text) != "x" {
		t.Errorf("the owner reads %q (%v)", text, err)
	}
}
