package sysprep

import (
	"strings"
	"testing"
	"time"

	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

var testStart = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

// answerFile builds an answer file from lines such as
//
//	specialize Microsoft-Windows-Shell-Setup ComputerName = PC1
//
// A component may carry @ARCH, amd64 without; [n] in a path begins another
// item. Every setting stands at the line of its text.
func answerFile(t testing.TB, inv schema.Invocation, lines ...string) *answer.File {
	t.Helper()
	src := source.NewFile("answer", []byte(strings.Join(lines, "\n")))
	f := &answer.File{Source: src, Root: "unattend", Invocation: &inv, Target: schema.Target{Windows: "11-24h2", Architecture: "amd64"}}
	nodes := map[string]*answer.Setting{}
	for i, line := range lines {
		head, value, _ := strings.Cut(line, "=")
		words := strings.Fields(head)
		if len(words) != 3 {
			t.Fatalf("%q is no setting", line)
		}
		c := component(f, words[0], words[1], src.Line(i+1))
		at, level := words[0]+" "+words[1], &c.Settings
		for name := range strings.SplitSeq(words[2], "/") {
			at += "/" + name
			s := nodes[at]
			if s == nil {
				bare, _, _ := strings.Cut(name, "[")
				s = &answer.Setting{Name: bare, Spans: answer.Spans{Whole: src.Line(i + 1)}}
				nodes[at] = s
				*level = append(*level, s)
			}
			level = &s.Children
		}
		nodes[at].Text = strings.TrimSpace(value)
	}
	return f
}

func component(f *answer.File, pass, name string, span source.Span) *answer.Component {
	var p *answer.Pass
	for _, known := range f.Passes {
		if known.Name == pass {
			p = known
		}
	}
	if p == nil {
		p = &answer.Pass{Name: pass, Spans: answer.Spans{Whole: span}}
		f.Passes = append(f.Passes, p)
	}
	name, arch, ok := strings.Cut(name, "@")
	if !ok {
		arch = "amd64"
	}
	for _, c := range p.Components {
		if c.Name == name && c.Architecture == arch {
			return c
		}
	}
	c := &answer.Component{Name: name, Architecture: arch, Spans: answer.Spans{Whole: span}}
	p.Components = append(p.Components, c)
	return c
}

// rehearse runs a rehearsal that must begin.
func rehearse(t *testing.T, f *answer.File, m *Machine, skips ...Skip) *Rehearsed {
	t.Helper()
	out, err := Rehearsal{Answer: f, Machine: m, Skips: skips, Start: testStart}.Run()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// given is a machine of which every fact was read from a real source.
func given(change func(*Machine)) *Machine {
	m := FreshMachine("11-24h2", "amd64")
	m.Edition = byDefault("Professional")
	m.Windows.Origin, m.Edition.Origin, m.Architecture.Origin = Given, Given, Given
	m.ImageState.Origin, m.GeneralizationState.Origin, m.CleanupState.Origin, m.Rearms.Origin = Given, Given, Given, Given
	m.Elevated.Origin, m.LocalSystem.Origin, m.Instances.Origin = Given, Given, Given
	m.Pending.Origin, m.ReservedStorage.Origin, m.BitLocker.Origin, m.Services.Origin = Given, Given, Given, Given
	m.AppX.Origin, m.Devices.Origin, m.Accounts.Origin, m.Domain.Origin, m.Roles.Origin, m.Media.Origin = Given, Given, Given, Given, Given, Given
	m.Upgraded.Origin, m.Leftovers.Origin, m.Onboarded.Origin, m.EncryptedFiles.Origin, m.External.Origin = Given, Given, Given, Given, Given
	m.SkipRearm.Origin, m.Scripts.Origin, m.EarlierErrors.Origin, m.Recovery.Origin = Given, Given, Given, Given
	m.FreeSpace, m.StoreUpdates, m.Virtual, m.AnswerFiles.Origin = GivenAs(64), GivenAs(false), GivenAs(true), Given
	if change != nil {
		change(m)
	}
	return m
}

func step(r *Record, name string) (phase string, s Step) {
	for _, p := range r.Phases {
		for _, s := range p.Steps {
			if s.Name == name {
				return p.Name, s
			}
		}
	}
	return "", Step{}
}

var generalizeOOBE = schema.Invocation{Mode: "oobe", Generalize: true, Then: "shutdown"}

// found is an answer file at a place of the search, with a time zone or
// another setting in each of the passes.
func found(place Place, path string, passes ...string) FoundFile {
	f := &answer.File{Root: "unattend", Source: source.NewFile(path, nil)}
	for _, name := range passes {
		of, setting := shellComponent, &answer.Setting{Name: "TimeZone", Text: "UTC"}
		if name == "generalize" {
			of, setting = licenceComponent, &answer.Setting{Name: "SkipRearm", Text: "0"}
		}
		c := &answer.Component{Name: of, Architecture: "amd64", Settings: []*answer.Setting{setting}}
		f.Passes = append(f.Passes, &answer.Pass{Name: name, Components: []*answer.Component{c}})
	}
	return FoundFile{Place: place, Path: path, File: f}
}

// secretFile is an answer file that holds a password and fills no pass of
// these tests.
func secretFile(place Place, path string) FoundFile {
	out := found(place, path, "offlineServicing")
	c := out.File.Passes[0].Components[0]
	c.Settings = append(c.Settings, &answer.Setting{Name: "AutoLogon", Children: []*answer.Setting{{Name: "Password", Children: []*answer.Setting{{Name: "Value", Text: "secret-of-a-test"}}}}})
	return out
}
