package sysprep

import (
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

func TestTheLastLineOfAStoryIsTheVerdict(t *testing.T) {
	for _, c := range []struct {
		record Record
		want   string
	}{
		{Record{Engine: "rehearse", ImageState: StateGeneralizeOOBE, Then: "quit", Verdict: VerdictOK}, "Sysprep would succeed and leave IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE; then: quit."},
		{Record{Engine: "rehearse", ImageState: StateComplete, Verdict: VerdictFailed}, "Sysprep would fail. The image state stays IMAGE_STATE_COMPLETE."},
		{Record{Engine: "sysprep", ImageState: StateGeneralizeOOBE, Then: "reboot", Verdict: VerdictOK}, "Sysprep succeeded and left IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE; then: reboot."},
		{Record{Engine: "sysprep", Verdict: VerdictFailed}, "Sysprep failed. The image state is unknown."},
	} {
		lines := strings.Split(strings.TrimSpace(c.record.Story()), "\n")
		if lines[len(lines)-1] != c.want {
			t.Errorf("%q, want %q", lines[len(lines)-1], c.want)
		}
	}
}

func TestTheFirstLineOfAStoryNamesTheSystemAsFarAsItIsKnown(t *testing.T) {
	for target, want := range map[RecordTarget]string{
		{Windows: "11-24h2", Architecture: "arm64"}: "Run on Windows 11-24h2, arm64",
		{Architecture: "amd64"}:                     "Run on Windows of an unknown release, amd64",
		{}:                                          "Run on Windows of an unknown release, unknown architecture",
	} {
		r := Record{Engine: "sysprep", Target: target}
		if got, _, _ := strings.Cut(r.Story(), "\n"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestABootOfTheRealEngineShowsItsTwoStates(t *testing.T) {
	r := Record{Boots: []Boot{{Mode: BootSysprep, ImageStateBefore: StateComplete, ImageStateAfter: StateUndeployable, Passes: []PassRun{{Pass: "generalize"}}}}}
	if !strings.Contains(r.Story(), "COMPLETE -> UNDEPLOYABLE") || !strings.Contains(r.Plan(), "| UNDEPLOYABLE") {
		t.Errorf("%s\n%s", r.Story(), r.Plan())
	}
}

func TestForeignElementsAreIgnoredAndUnknownNamesBelowAnOpaqueParentAreNot(t *testing.T) {
	f := answerFile(t, generalizeOOBE, "specialize Microsoft-Windows-Shell-Setup TimeZone = UTC")
	settings := f.Passes[0].Components[0].Settings
	settings[0].Space = "urn:example"
	p := passOf(t, rehearse(t, f, nil).Record, "specialize")
	if len(p.Ignored) != 1 || !strings.Contains(p.Ignored[0].Reason, "foreign namespace") {
		t.Errorf("%+v", p)
	}
	opaque := slices.IndexFunc(schema.Components(), func(c schema.Component) bool {
		return c.Opaque && c.State != schema.Removed && c.Passes.Has(schema.Specialize)
	})
	if opaque < 0 {
		t.Skip("the catalogue has no opaque component for specialize")
	}
	name := schema.Components()[opaque].Name
	p = passOf(t, rehearse(t, answerFile(t, generalizeOOBE, "specialize "+name+" Colour/Shade = 3"), nil).Record, "specialize")
	if len(p.Applied) != 1 || p.Applied[0].Setting != "Colour/Shade" {
		t.Errorf("%s: %+v", name, p)
	}
}

func TestRemovedComponentsAreIgnoredWhole(t *testing.T) {
	found := 0
	for _, c := range schema.Components() {
		gone := schema.ReleaseOf(c.RemovedIn)
		if gone == nil || c.RemovedIn == "" {
			continue
		}
		found++
		f := answerFile(t, generalizeOOBE, "specialize "+c.Name+" Anything = 1")
		f.Target.Windows = gone.ID
		p := passOf(t, rehearse(t, f, nil).Record, "specialize")
		if len(p.Applied) != 0 || len(p.Ignored) != 1 || p.Ignored[0].Setting != "" || !strings.Contains(p.Ignored[0].Reason, c.RemovedIn) {
			t.Errorf("%s on %s: %+v", c.Name, gone.ID, p)
		}
	}
	if found == 0 {
		t.Error("the catalogue has no removed component to try")
	}
}

func FuzzRehearsal(f *testing.F) {
	const head = `<unattend xmlns="urn:schemas-microsoft-com:unattend"><settings pass="`
	f.Add(head+`auditUser"><component name="Microsoft-Windows-Deployment" processorArchitecture="amd64"><Reseal><Mode>OOBE</Mode></Reseal><Generalize/></component></settings></unattend>`, byte(1))
	f.Add(head+`oobeSystem"><component name="Microsoft-Windows-Deployment" processorArchitecture="amd64"><Reseal><Mode>Audit</Mode><ForceShutdownNow>1</ForceShutdownNow></Reseal></component></settings></unattend>`, byte(2))
	f.Add(head+`specialize"><component name="Microsoft-Windows-Shell-Setup" processorArchitecture="AMD64"><TimeZone/><TimeZone>a</TimeZone></component></settings></unattend>`, byte(7))
	f.Add(head+`windowsPE"><component name="Microsoft-Windows-Setup" processorArchitecture="amd64"><RunSynchronous><RunSynchronousCommand><Path>a</Path></RunSynchronousCommand></RunSynchronous></component></settings></unattend>`, byte(8))
	f.Add(head+`oobeSystem"><component name="Microsoft-Windows-Deployment" processorArchitecture="amd64"><Reseal><Mode>Audit</Mode></Reseal></component></settings></unattend>`, byte(8+5<<4))
	f.Fuzz(func(t *testing.T, text string, how byte) {
		a, _ := xmldoc.Read("a.xml", []byte(text))
		if a == nil {
			return
		}
		a.Invocation = &schema.Invocation{Mode: "oobe", Generalize: how&1 != 0, VM: how&4 != 0}
		if how&2 != 0 {
			a.Invocation.Mode = "audit"
		}
		if how&8 != 0 {
			a.Target.Use = deployments[int(how>>4)%len(deployments)].use
		}
		out := rehearse(t, a, nil)
		if _, err := out.Record.JSON(); err != nil {
			t.Fatal(err)
		}
		if n := len(out.Record.Boots); n == 0 || n > maxBoots {
			t.Fatalf("%d boots", n)
		}
		if strings.Contains(out.Record.Story()+out.Record.Plan(), "\x1b") {
			t.Fatal("a control character reaches the terminal")
		}
		settled(t, a, out.Record)
	})
}

// settled: every component of the file shows in the record, applied or
// ignored, unless it sets nothing.
func settled(t *testing.T, a *answer.File, r *Record) {
	t.Helper()
	if r.Failed() {
		return
	}
	shown := map[string]bool{}
	for _, b := range r.Boots {
		for _, p := range b.Passes {
			for _, s := range p.Applied {
				shown[s.Component] = true
			}
			for _, s := range p.Ignored {
				shown[s.Component] = true
			}
		}
	}
	for _, p := range a.Passes {
		for _, c := range p.Components {
			for _, s := range c.Settings {
				if s.Text != "" && len(s.Children) == 0 && c.Schema() == nil && !shown[c.Name] {
					t.Fatalf("%s of %s is lost", c.Name, p.Name)
				}
			}
		}
	}
}
