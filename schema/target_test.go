package schema

import (
	"slices"
	"testing"
)

func TestRunsPasses(t *testing.T) {
	installing := []Pass{WindowsPE, OfflineServicing, Specialize, AuditSystem, AuditUser, OobeSystem}
	for _, tc := range []struct {
		name string
		use  string
		inv  *Invocation
		want []Pass
	}{
		{"nothing said", "sysprep", nil, []Pass{Generalize, Specialize, AuditSystem, AuditUser, OobeSystem}},
		{"no mode", "sysprep", &Invocation{Generalize: true}, []Pass{Generalize, Specialize, AuditSystem, AuditUser, OobeSystem}},
		{"/oobe", "sysprep", &Invocation{Mode: "oobe"}, []Pass{OobeSystem}},
		{"/audit", "sysprep", &Invocation{Mode: "audit"}, []Pass{AuditSystem, AuditUser}},
		{"/generalize /oobe", "sysprep", &Invocation{Mode: "oobe", Generalize: true}, []Pass{Generalize, Specialize, OobeSystem}},
		{"/generalize /audit", "sysprep", &Invocation{Mode: "audit", Generalize: true}, []Pass{Generalize, Specialize, AuditSystem, AuditUser}},
		{"the command line does not matter to Setup", "media", &Invocation{Mode: "oobe"}, installing},
		{"wds", "wds", nil, installing},
		{"configmgr", "configmgr", nil, installing},
		{"kubevirt installs or boots a sealed image", "kubevirt", nil, installing},
		{"dism applies one pass", "offline", nil, []Pass{OfflineServicing}},
		{"azure", "azure", nil, []Pass{OobeSystem}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, ok := RunsPasses(tc.use, tc.inv)
			if !ok || !slices.Equal(got, tc.want) {
				t.Errorf("got %v %v, want %v", got, ok, tc.want)
			}
		})
	}
}

func TestRunsPassesOfAnUnknownUseIsNotGuessed(t *testing.T) {
	for _, use := range []string{"", "Sysprep", "usb"} {
		if got, ok := RunsPasses(use, nil); ok || got != nil {
			t.Errorf("%q: got %v", use, got)
		}
	}
}

func TestEveryUseRunsSomePasses(t *testing.T) {
	for _, use := range Uses() {
		if got, ok := RunsPasses(use, nil); !ok || len(got) == 0 {
			t.Errorf("%s runs %v, %v", use, got, ok)
		}
	}
}

func TestPassSet(t *testing.T) {
	set := PassesOf(OobeSystem, Specialize)
	if !set.Has(Specialize) || set.Has(WindowsPE) || set.String() != "specialize, oobeSystem" {
		t.Errorf("got %v", set)
	}
	for _, p := range Passes() {
		if got, ok := ParsePass(p.String()); !ok || got != p {
			t.Errorf("ParsePass(%s) = %v, %v", p, got, ok)
		}
	}
	if p, ok := ParsePass("OOBESYSTEM"); !ok || p != OobeSystem {
		t.Errorf("in capitals: %v, %v", p, ok)
	}
	if _, ok := ParsePass("oobe"); ok {
		t.Error("oobe is taken for a pass")
	}
}
