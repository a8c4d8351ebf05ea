package validate

import (
	"testing"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

func deployment(pass, name, mode string) *answer.Pass {
	s := &answer.Setting{Name: name}
	if mode != "" {
		s.Children = []*answer.Setting{{Name: "Mode", Text: mode}}
	}
	return &answer.Pass{Name: pass, Components: []*answer.Component{{Name: "Microsoft-Windows-Deployment", Settings: []*answer.Setting{s}}}}
}

func TestPassesThatAUseReaches(t *testing.T) {
	resealAudit := deployment("oobeSystem", "Reseal", "Audit")
	generalize := deployment("auditUser", "Generalize", "OOBE")
	cases := []struct {
		name string
		use  string
		inv  *schema.Invocation
		has  []*answer.Pass
		want string
	}{
		{"oobe alone", "sysprep", &schema.Invocation{Mode: "oobe"}, nil, "oobeSystem"},
		{"generalize and oobe", "sysprep", &schema.Invocation{Mode: "oobe", Generalize: true}, nil, "generalize, specialize, oobeSystem"},
		{"audit serves a later oobe", "sysprep", &schema.Invocation{Mode: "audit"}, nil, "auditSystem, auditUser, oobeSystem"},
		{"generalize and audit", "sysprep", &schema.Invocation{Mode: "audit", Generalize: true}, nil, "generalize, specialize, auditSystem, auditUser, oobeSystem"},
		{"audit that generalizes by itself", "sysprep", &schema.Invocation{Mode: "audit"}, []*answer.Pass{generalize}, "generalize, specialize, auditSystem, auditUser, oobeSystem"},
		{"oobe that reseals to audit", "sysprep", &schema.Invocation{Mode: "oobe"}, []*answer.Pass{resealAudit}, "auditSystem, auditUser, oobeSystem"},
		{"reseal to oobe is no audit", "sysprep", &schema.Invocation{Mode: "oobe"}, []*answer.Pass{deployment("oobeSystem", "Reseal", "OOBE")}, "oobeSystem"},
		{"reseal in a pass that does not run", "sysprep", &schema.Invocation{Mode: "oobe"}, []*answer.Pass{deployment("specialize", "Reseal", "Audit")}, "oobeSystem"},
		{"sysprep without a mode", "sysprep", nil, nil, "generalize, specialize, auditSystem, auditUser, oobeSystem"},
		{"media", "media", nil, nil, "windowsPE, offlineServicing, specialize, oobeSystem"},
		{"media into audit mode", "media", nil, []*answer.Pass{resealAudit}, "windowsPE, offlineServicing, specialize, auditSystem, auditUser, oobeSystem"},
		{"offline", "offline", nil, nil, "offlineServicing"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := &answer.File{Target: schema.Target{Use: c.use}, Invocation: c.inv, Passes: c.has}
			if got := reachOf(a); !got.known || got.passes.String() != c.want {
				t.Errorf("got %v %s, want %s", got.known, got.passes, c.want)
			}
		})
	}
	if got := reachOf(&answer.File{Passes: []*answer.Pass{resealAudit}}); got.known {
		t.Errorf("an unknown use reaches nothing that is known: %v", got)
	}
}
