package sysprep

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/imagetest"
)

func TestCheckLibrary(t *testing.T) {
	l := Library{Architecture: "amd64", Exports: []string{"Seal", "Unseal"}}
	cases := []struct {
		name, function, arch string
		l                    Library
		want                 string // checks, and words of the last text
	}{
		{"good", "Seal", "amd64", l, ""},
		{"any architecture", "Seal", "", l, ""},
		{"another architecture", "Seal", "arm64", l, "architecture: the DLL is for amd64, and sysprep.exe of this Windows for arm64"},
		{"unknown architecture", "Seal", "x86", Library{Exports: l.Exports}, "architecture: the DLL is for another architecture"},
		{"another case", "seal", "amd64", l, "function: the DLL does not export seal; did you mean Seal?"},
		{"far away", "Generalize", "amd64", l, "function: the DLL does not export Generalize"},
		{"numbers", "Seal", "amd64", Library{Architecture: "amd64", Numbered: 2}, "function: the DLL exports its functions by number alone, and Sysprep asks for Seal"},
		{"nothing", "Seal", "amd64", Library{Architecture: "amd64"}, "function: the DLL exports nothing"},
	}
	for _, c := range cases {
		var got string
		for _, trouble := range CheckLibrary(&c.l, c.function, c.arch) {
			got = trouble.Check + ": " + trouble.Text
			if trouble.Severity != diag.Error || trouble.Remedy == "" {
				t.Errorf("%s: %+v", c.name, trouble)
			}
		}
		if !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestCheckRegisteredLooksAtPathAndFile(t *testing.T) {
	const root = `C:\Windows`
	cases := []struct {
		name, library, function string
		want                    []string // severity, check
	}{
		{"good", seal, "Seal", nil},
		{"in System32", "own.dll", "Seal", nil},
		{"not there", `C:\Tools\gone.dll`, "Seal", []string{"error file"}},
		{"a bare name that is not there", "gone.dll", "Seal", []string{"error file"}},
		{"no DLL", `C:\Tools\readme.txt`, "Seal", []string{"error file"}},
		{"no such function", seal, "Other", []string{"error function"}},
		{"no full path", `Tools\seal.dll`, "Seal", []string{"error path"}},
		{"a share", `\\server\share\seal.dll`, "Seal", []string{"error path"}},
		{"slashes", `C:/Tools/seal.dll`, "Seal", []string{"error path"}},
		{"another volume", `D:\seal.dll`, "Seal", []string{"warning path"}},
		{"a user profile", `C:\Users\someone\seal.dll`, "Other", []string{"warning path", "error function"}},
	}
	w := newFake()
	dll := string(imagetest.DLL(imagetest.AMD64, "Seal"))
	for _, path := range []string{seal, `C:\Windows\System32\own.dll`, `D:\seal.dll`, `C:\Users\someone\seal.dll`} {
		w.write(path, dll)
	}
	w.write(`C:\Tools\readme.txt`, "text")
	for _, c := range cases {
		troubles, err := CheckRegistered(w, ExternalProvider{Library: c.library, Function: c.function}, root, "amd64")
		var got []string
		for _, trouble := range troubles {
			got = append(got, trouble.Severity.String()+" "+trouble.Check)
			if trouble.Text == "" || trouble.Remedy == "" {
				t.Errorf("%s: %+v", c.name, trouble)
			}
		}
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
	w.fails["ReadAt"] = errDenied
	if _, err := CheckRegistered(w, ExternalProvider{Library: seal, Function: "Seal"}, root, ""); !errors.Is(err, errDenied) {
		t.Errorf("a file that cannot be read: %v", err)
	}
}
