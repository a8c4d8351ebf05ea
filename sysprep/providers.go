package sysprep

import (
	"fmt"
	"slices"
	"strings"
)

// Stages of providers, in the order in which they run.
const (
	StageCleanup    = "cleanup"
	StageGeneralize = "generalize"
	StageSpecialize = "specialize"
)

// Stages returns the stages in the order in which they run.
func Stages() []string { return []string{StageCleanup, StageGeneralize, StageSpecialize} }

// ActionProvider is one provider as an action file of an image lists it.
//
// Source: action files published at github.com/operepo/sysprep_scripts.
type ActionProvider struct {
	Stage    string   // one of Stages: which action file it stands in
	Order    int      // sysprepOrder
	Name     string   // component of the assemblyIdentity
	Validate []string // "AppxSysprep.dll!SysprepGeneralizeValidate": run before anything is changed
	Execute  []string // "spopk.dll!Sysprep_Generalize_Opk": run in this order; a path begins with %WINDIR% or a drive
	Does     []string // what the file itself does, such as "delete key HKLM\…"
}

// ExternalProvider is one provider that other software has registered below
// HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\SysPrepExternal.
//
// Source: https://learn.microsoft.com/previous-versions/windows/it-pro/windows-7/ee676646(v=ws.10).
type ExternalProvider struct {
	Stage    string // one of Stages
	Name     string // of the registry value, mostly a GUID
	Library  string // path of the DLL, or a bare name; the whole value where that makes no sense
	Function string // that the DLL exports; "" = the value makes no sense
	Missing  bool   // the DLL is not there, or does not export the function

	Architecture string // of the DLL; "" = not known
}

// Launch is the data of the registry value.
func (p ExternalProvider) Launch() string {
	if p.Function == "" {
		return p.Library
	}
	return p.Library + "," + p.Function
}

// unfit tells why sysprep.exe on a Windows of that architecture cannot call the
// function, "" when nothing is known to keep it.
func (p ExternalProvider) unfit(architecture string) string {
	switch {
	case p.Missing:
		return "is not there, or lacks the function"
	case p.Architecture != "" && architecture != "" && !strings.EqualFold(p.Architecture, architecture):
		return fmt.Sprintf("is for %s, Windows is %s", p.Architecture, architecture)
	}
	return ""
}

// provider is one provider of a run, wherever it is known from.
type provider struct {
	stage    string
	order    int
	name     string
	validate []call
	execute  []call
	does     []string
	status   Status
	external bool
}

// call is one function of a DLL.
type call struct{ module, method string }

// readCall reads "module!method"; a bare name stands below System32.
func readCall(text string) call {
	i := strings.LastIndexByte(text, '!')
	if i < 0 {
		return call{module: below32(text)}
	}
	return call{below32(text[:i]), text[i+1:]}
}

func below32(module string) string {
	if rest, ok := strings.CutPrefix(module, "%WINDIR%"); ok {
		return `C:\Windows` + rest
	}
	if strings.ContainsAny(module, `:%`) || strings.HasPrefix(module, `\\`) {
		return module
	}
	return `C:\Windows\System32\` + module
}

func readCalls(texts []string) []call {
	var out []call
	for _, t := range texts {
		out = append(out, readCall(t))
	}
	return out
}

// words tell in one line what a provider does.
func (p provider) words() string {
	var parts []string
	for _, c := range p.validate {
		parts = append(parts, "validate "+c.short())
	}
	for _, c := range p.execute {
		parts = append(parts, c.short())
	}
	return strings.Join(append(parts, p.does...), "; ")
}

func (c call) short() string {
	return strings.TrimPrefix(c.module, `C:\Windows\System32\`) + "!" + c.method
}

// internal lists the providers of Windows in one stage: those of the image's
// action files, else those of the table, which knows some builds.
func (s *situation) internal(stage string) []provider {
	if s.machine.Internal.Known() {
		return s.listedInternal(stage)
	}
	build := buildOf(s.machine.Windows.Value)
	var out []provider
	for _, b := range builtins {
		status, ok := b.status(build)
		if !ok || b.stage != stage {
			continue
		}
		p := b.provider()
		p.status = status
		if s.machine.Windows.Origin != Given {
			p.status = StatusAssumed
		}
		if b.skipVM && s.command.VM {
			p.status = StatusSkipped
		}
		out = append(out, p)
	}
	return out
}

func (s *situation) listedInternal(stage string) []provider {
	var out []provider
	for _, a := range s.machine.Internal.Value {
		if a.Stage != stage {
			continue
		}
		p := provider{stage: stage, order: a.Order, name: a.Name, status: StatusListed,
			validate: readCalls(a.Validate), execute: readCalls(a.Execute), does: a.Does}
		if s.command.VM && skipsVM(stage, a.Name) {
			p.status = StatusSkipped
		}
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b provider) int { return a.order - b.order })
	return out
}

// external lists the registered providers of one stage in the order of the
// registry; another order is not documented.
func (s *situation) external(stage string) []provider {
	var out []provider
	for _, e := range s.machine.External.Value {
		if e.Stage == stage {
			out = append(out, provider{stage: stage, name: or(e.Name, e.Launch()), external: true, status: StatusListed,
				execute: []call{{below32(e.Library), e.Function}}})
		}
	}
	return out
}

// stages are those that the run and the boots behind it go through: cleanup
// always, the others only with generalize.
func (s *situation) stages() []string {
	if generalizes(s) {
		return Stages()
	}
	return []string{StageCleanup}
}

// providers lists the providers that the run and the boots behind it start. Logs
// show that specialize takes those of Windows first; for the other stages the
// same is taken.
func (s *situation) providers() []Provider {
	var out []Provider
	for _, stage := range s.stages() {
		out = append(out, s.providersOf(stage)...)
	}
	return out
}

func (s *situation) providersOf(stage string) []Provider {
	var out []Provider
	for _, p := range append(s.internal(stage), s.external(stage)...) {
		out = append(out, Provider{Name: p.name, Stage: stage, Order: p.order, Status: p.status, External: p.external, Does: p.words()})
	}
	return out
}
