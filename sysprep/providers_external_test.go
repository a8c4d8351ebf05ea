package sysprep

import (
	"errors"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestParseProvider(t *testing.T) {
	cases := []struct{ text, library, function, wrong string }{
		{`C:\Tools\seal.dll,Seal`, `C:\Tools\seal.dll`, "Seal", ""},
		{` C:\Tools\seal.dll , Seal `, `C:\Tools\seal.dll`, "Seal", ""},
		{`C:\a, b\seal.dll,Seal`, `C:\a, b\seal.dll`, "Seal", ""},
		{"DscCore.dll,SysPrep_Cleanup", "DscCore.dll", "SysPrep_Cleanup", ""},
		{"", "", "", "no comma"},
		{`C:\Tools\seal.dll`, "", "", "no comma"},
		{",Seal", "", "", "no DLL"},
		{`C:\Tools\seal.dll, `, "", "", "no function"},
		{"a.dll,b\x00c", "", "", "control character"},
	}
	for _, c := range cases {
		library, function, err := ParseProvider(c.text)
		if library != c.library || function != c.function || (err == nil) != (c.wrong == "") || err != nil && !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("ParseProvider(%q) = %q, %q, %v", c.text, library, function, err)
		}
	}
}

// FuzzProviderValue: what is understood can be written again and means the
// same.
func FuzzProviderValue(f *testing.F) {
	for _, text := range []string{`C:\Tools\seal.dll,Seal`, "DscCore.dll, SysPrep_Cleanup", ",", ",,", " , ", "a,b,c", "\u00a0,x", "a.dll,b\n", "é,ß"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		library, function, err := ParseProvider(text)
		if err != nil {
			if library != "" || function != "" {
				t.Errorf("%q: %q, %q with %v", text, library, function, err)
			}
			return
		}
		again, same, err := ParseProvider(ExternalProvider{Library: library, Function: function}.Launch())
		if err != nil || again != library || same != function {
			t.Errorf("%q: %q, %q, then %q, %q, %v", text, library, function, again, same, err)
		}
	})
}

const seal = `C:\Tools\seal.dll`

func TestRegisteredProvidersAreReadByStage(t *testing.T) {
	w := newFake()
	w.text(keyExternal+"Specialize", "s", seal+",Specialize")
	w.text(keyExternal+"Cleanup", "b", seal+",Second")
	w.text(keyExternal+"Cleanup", "a", "DscCore.dll, SysPrep_Cleanup")
	got, err := RegisteredProviders(w)
	want := []ExternalProvider{
		{Stage: StageCleanup, Name: "a", Library: "DscCore.dll", Function: "SysPrep_Cleanup"},
		{Stage: StageCleanup, Name: "b", Library: seal, Function: "Second"},
		{Stage: StageSpecialize, Name: "s", Library: seal, Function: "Specialize"},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	w.text(keyExternal+"Generalize", "broken", "nonsense\x07")
	w.text(keyExternal+"Generalize", "empty", " ")
	got, err = RegisteredProviders(w)
	broken := ExternalProvider{Stage: StageGeneralize, Name: "broken", Library: "nonsense ", Missing: true}
	if err != nil || !reflect.DeepEqual(got, slices.Insert(want, 2, broken)) || broken.Launch() != "nonsense " {
		t.Errorf("%+v, %v", got, err)
	}
	troubles, err := CheckRegistered(w, broken, `C:\Windows`, "amd64")
	if err != nil || len(troubles) != 1 || troubles[0].Check != "value" || !strings.Contains(troubles[0].Text, "no comma") {
		t.Errorf("%+v, %v", troubles, err)
	}
	w.unread = keyExternal
	if _, err = RegisteredProviders(w); !errors.Is(err, errDenied) {
		t.Errorf("a key that cannot be read: %v", err)
	}
}

func TestRegisterWritesOnceUnderOneName(t *testing.T) {
	w := newFake()
	p := ExternalProvider{Stage: StageGeneralize, Library: seal, Function: "Seal"}
	first, fresh, err := RegisterProvider(w, w, p)
	if err != nil || !fresh || w.strings[keyExternal+"Generalize|"+first.Name] != seal+",Seal" {
		t.Fatalf("%+v, %v, %v: %v", first, fresh, err, w.strings)
	}
	if !regexp.MustCompile(`^\{[0-9A-F]{8}-[0-9A-F]{4}-5[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}\}$`).MatchString(first.Name) {
		t.Errorf("name %q", first.Name)
	}
	p.Library = strings.ToUpper(seal)
	again, fresh, err := RegisterProvider(w, w, p)
	if err != nil || fresh || again.Name != first.Name {
		t.Errorf("the second time: %+v, %v, %v", again, fresh, err)
	}
	for _, other := range []ExternalProvider{
		{Stage: StageCleanup, Library: seal, Function: "Seal"},
		{Stage: StageGeneralize, Library: seal, Function: "Other"},
		{Stage: StageGeneralize, Library: `C:\x.dll`, Function: "Seal"},
	} {
		if other.identity() == first.Name {
			t.Errorf("%+v has the same name", other)
		}
	}
}

func TestRegisterRefuses(t *testing.T) {
	taken := func(w *fakeWindows) { w.text(keyExternal+"Cleanup", "x", "other.dll,F") }
	cases := []struct {
		name  string
		p     ExternalProvider
		setup func(*fakeWindows)
		wrong string
	}{
		{"a name that is taken", ExternalProvider{Stage: StageCleanup, Name: "x", Library: seal, Function: "F"}, taken, "another provider: x is other.dll,F"},
		{"a comma in the function", ExternalProvider{Stage: StageCleanup, Library: seal, Function: "F,G"}, nil, "cannot be told"},
		{"no function", ExternalProvider{Stage: StageCleanup, Library: seal}, nil, "no function"},
		{"a registry that cannot be written", ExternalProvider{Stage: StageCleanup, Library: seal, Function: "F"},
			func(w *fakeWindows) { w.fails["SetString"] = errDenied }, "access is denied"},
		{"a registry that cannot be read", ExternalProvider{Stage: StageCleanup, Library: seal, Function: "F"},
			func(w *fakeWindows) { w.unread = keyExternal }, "access is denied"},
	}
	for _, c := range cases {
		w := newFake()
		if c.setup != nil {
			c.setup(w)
		}
		if _, fresh, err := RegisterProvider(w, w, c.p); fresh || err == nil || !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%s: %v, %v", c.name, fresh, err)
		}
	}
}

func TestUnregisterFindsByNameLibraryOrBoth(t *testing.T) {
	cases := []struct{ what, gone, wrong string }{
		{"one", "one", ""},
		{`c:\tools\SEAL.dll,other`, "two", ""},
		{`C:\only.dll`, "three", ""},
		{"nonsense", "nonsense", ""},
		{seal, "", "more than one provider fits: " + seal + " of cleanup; choose by name: one, two"},
		{"nobody", "", "no such provider is registered for cleanup as nobody"},
	}
	for _, c := range cases {
		w := newFake()
		w.text(keyExternal+"Cleanup", "one", seal+",Seal")
		w.text(keyExternal+"Cleanup", "two", seal+",Other")
		w.text(keyExternal+"Cleanup", "three", `C:\only.dll,F`)
		w.text(keyExternal+"Cleanup", "nonsense", "nonsense")
		w.text(keyExternal+"Generalize", "nobody", `C:\x.dll,F`)
		before := len(w.strings)
		p, err := UnregisterProvider(w, w, StageCleanup, c.what)
		if p.Name != c.gone || (err == nil) != (c.wrong == "") || err != nil && !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%s: %+v, %v", c.what, p, err)
		}
		_, there := w.strings[keyExternal+"Cleanup|"+c.gone]
		if gone := before - len(w.strings); there || gone != len(strings.Fields(c.gone)) {
			t.Errorf("%s: %d values are gone", c.what, gone)
		}
	}
}

func TestUnregisterTellsWhatItCannotDo(t *testing.T) {
	w := newFake()
	w.text(keyExternal+"Cleanup", "one", seal+",Seal")
	w.fails["DeleteValue"] = errDenied
	if _, err := UnregisterProvider(w, w, StageCleanup, "one"); !errors.Is(err, errDenied) {
		t.Errorf("a value that cannot be deleted: %v", err)
	}
	w.unread = keyExternal
	if _, err := UnregisterProvider(w, w, StageCleanup, "one"); !errors.Is(err, errDenied) {
		t.Errorf("a key that cannot be read: %v", err)
	}
	w = newFake()
	if _, err := UnregisterProvider(w, w, StageCleanup, "one"); !errors.Is(err, ErrNotRegistered) {
		t.Errorf("nothing registered: %v", err)
	}
}
