package image

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/reseal/reseal/sysprep"
)

// actionFiles are the action files by stage. Respecialize.xml serves no stage
// of a run that anybody starts.
var actionFiles = [...]struct{ stage, name string }{
	{sysprep.StageCleanup, "Cleanup.xml"},
	{sysprep.StageGeneralize, "Generalize.xml"},
	{sysprep.StageSpecialize, "Specialize.xml"},
}

// Actions reads the action files of the image, which Windows 8 and Server 2012
// brought, and returns the entries that its architecture runs, stage by stage.
// Without any such file there are none.
func (i *Image) Actions() ([]Action, []error) {
	g := &gatherer{Image: i}
	return g.actions(), g.problems
}

func (g *gatherer) actions() []Action {
	var out []Action
	arch := g.architecture().Value
	for _, file := range actionFiles {
		name := g.below(`System32\Sysprep\ActionFiles\` + file.name)
		text, err := g.drive.read(name, largestActions)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			g.problem(fmt.Errorf("%s: %w", g.here(name), reason(err)))
			continue
		}
		actions, err := ReadActions(g.here(name), file.stage, text)
		g.problem(err)
		for _, a := range actions {
			if a.runsOn(arch) {
				out = append(out, a)
			}
		}
	}
	return out
}

// internal is what the action files list, else the registry of Windows 7 and
// older. It is unknown where the image has neither: the tables of known builds
// are the better guess then.
func (g *gatherer) internal() sysprep.Fact[[]sysprep.ActionProvider] {
	var out []sysprep.ActionProvider
	for _, a := range g.actions() {
		out = append(out, a.ActionProvider)
	}
	if out == nil {
		for _, p := range g.stages(keyOldInternal) {
			if p.Function == "" {
				continue
			}
			out = append(out, sysprep.ActionProvider{Stage: p.Stage, Name: p.Name, Execute: []string{p.Library + "!" + p.Function}})
		}
	}
	if out == nil {
		return sysprep.Fact[[]sysprep.ActionProvider]{}
	}
	return sysprep.GivenAs(out)
}

// External reads the providers that other software has registered, stage by
// stage in the order of the registry.
func (i *Image) External() ([]sysprep.ExternalProvider, []error) {
	g := &gatherer{Image: i}
	return g.stages(keyExternal), g.problems
}

// stages reads the registered providers below a key.
func (g *gatherer) stages(key string) (out []sysprep.ExternalProvider) {
	for _, stage := range sysprep.Stages() {
		out = append(out, g.registered(key+`\`+strings.ToUpper(stage[:1])+stage[1:], stage)...)
	}
	return out
}

// OldInternal reads Microsoft's own providers as Windows 7 and older register
// them, in the same form as external ones.
func (i *Image) OldInternal() ([]sysprep.ExternalProvider, []error) {
	g := &gatherer{Image: i}
	return g.stages(keyOldInternal), g.problems
}

// registered lists what stands below the key of one stage.
func (g *gatherer) registered(key, stage string) (out []sysprep.ExternalProvider) {
	names, _ := g.values(key)
	for _, name := range names {
		data := g.text(key, name)
		if name == "" || strings.TrimSpace(data.Value) == "" {
			continue
		}
		p := sysprep.ProviderOf(stage, name, data.Value)
		if !p.Missing {
			g.look(&p)
		}
		out = append(out, p)
	}
	return out
}

// look tells whether the DLL is there and has the function, and what it is for.
// What lies on another drive cannot be looked at and counts as missing: Sysprep
// could not find it in a copy of the image either. What is there and cannot be
// opened is a problem of the image, and not missing.
func (g *gatherer) look(p *sysprep.ExternalProvider) {
	p.Missing = true
	name, ok := g.local(p.Library)
	if !ok {
		return
	}
	f, _, err := g.drive.open(name)
	if err != nil {
		if p.Missing = errors.Is(err, fs.ErrNotExist); !p.Missing {
			g.problem(err)
		}
		return
	}
	defer f.Close()
	if dll, err := sysprep.ReadLibrary(f); err == nil {
		p.Missing, p.Architecture = !slices.Contains(dll.Exports, p.Function), dll.Architecture
	}
}
