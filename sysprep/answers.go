package sysprep

import (
	"strings"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// Components and settings that steer a run.
const (
	deploymentComponent = "Microsoft-Windows-Deployment"
	pnpComponent        = "Microsoft-Windows-PnpSysprep"
	licenceComponent    = "Microsoft-Windows-Security-SPP"
	setupComponent      = "Microsoft-Windows-Setup"
	shellComponent      = "Microsoft-Windows-Shell-Setup"
)

// answers looks single settings up, as the Windows of one architecture sees
// the answer file. The file may be nil: then nothing is set.
type answers struct {
	file *answer.File
	arch string
}

// components returns the components of a pass that Windows takes, in document
// order; an empty name means all.
func (a answers) components(pass schema.Pass, name string) []*answer.Component {
	if a.file == nil {
		return nil
	}
	var out []*answer.Component
	for _, p := range a.file.Passes {
		if id, ok := p.ID(); !ok || id != pass {
			continue
		}
		for _, c := range p.Components {
			if (name == "" || strings.EqualFold(c.Name, name)) && strings.EqualFold(c.Architecture, a.arch) {
				out = append(out, c)
			}
		}
	}
	return out
}

// find returns the first setting at a path such as "Reseal/Mode", nil when
// there is none.
func (a answers) find(pass schema.Pass, component, path string) *answer.Setting {
	for _, c := range a.components(pass, component) {
		if s := findSetting(c.Settings, strings.Split(path, "/")); s != nil {
			return s
		}
	}
	return nil
}

func findSetting(settings []*answer.Setting, path []string) *answer.Setting {
	for _, s := range settings {
		if s.Space != "" || !strings.EqualFold(s.Name, path[0]) {
			continue
		}
		if len(path) == 1 {
			return s
		}
		if found := findSetting(s.Children, path[1:]); found != nil {
			return found
		}
	}
	return nil
}

// text is the value of a setting, "" when it is not there.
func (a answers) text(pass schema.Pass, component, path string) string {
	if s := a.find(pass, component, path); s != nil {
		return strings.TrimSpace(s.Text)
	}
	return ""
}

// isTrue tells whether a truth value is set to true.
func (a answers) isTrue(pass schema.Pass, component, path string) bool {
	return truth(a.text(pass, component, path))
}

// truth reads a truth value as Windows does: true in any case, or 1.
func truth(text string) bool { return strings.EqualFold(text, "true") || text == "1" }

// items returns the items of a list such as RunSynchronous in a pass.
func (a answers) items(pass schema.Pass, component, list string) []*answer.Setting {
	var out []*answer.Setting
	for _, c := range a.components(pass, component) {
		if s := findSetting(c.Settings, []string{list}); s != nil {
			out = append(out, s.Children...)
		}
	}
	return out
}

// fills tells whether the answer file has settings for a pass.
func (a answers) fills(pass schema.Pass) bool {
	for _, c := range a.components(pass, "") {
		if len(c.Settings) > 0 {
			return true
		}
	}
	return false
}
