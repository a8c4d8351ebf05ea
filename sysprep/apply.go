package sysprep

import (
	"fmt"
	"strings"

	"github.com/reseal/reseal/internal/secret"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// hidden stands for the value of a sensitive setting.
const hidden = "[hidden]"

// applier sorts the settings of one pass into applied and ignored.
type applier struct {
	situation *situation
	pass      schema.Pass
	run       PassRun

	// refuse gives the reason why a setting at the top of a component is
	// ignored whole, "" for none: rules of the run, not of the catalogue.
	refuse func(component string, s *answer.Setting) string

	sensitive map[*answer.Setting]bool
	component *answer.Component
	schema    *schema.Component
}

// applyPass plays one pass with the answer file of the run. refuse may be nil.
func (s *situation) applyPass(pass schema.Pass, refuse func(string, *answer.Setting) string) PassRun {
	return s.applyFile(s.answers.file, pass, refuse)
}

// applyFile plays one pass with any answer file; nil sets nothing.
func (s *situation) applyFile(file *answer.File, pass schema.Pass, refuse func(string, *answer.Setting) string) PassRun {
	a := applier{situation: s, pass: pass, run: PassRun{Pass: pass.String()}, refuse: refuse}
	if file == nil {
		return a.run
	}
	a.sensitive = sensitiveIn(file)
	seen := map[string]bool{}
	for _, p := range file.Passes {
		if id, ok := p.ID(); !ok || id != pass {
			continue
		}
		for _, c := range p.Components {
			a.component, a.schema = c, c.Schema()
			key := strings.ToLower(c.Name + "@" + c.Architecture)
			if reason := a.refuseComponent(seen[key]); reason != "" {
				a.ignore("", reason, c.NamePlace())
			} else {
				a.settings(c.Settings, nil, "", a.schema.Opaque)
			}
			seen[key] = true
		}
	}
	return a.run
}

func (a *applier) refuseComponent(twice bool) string {
	arch := a.situation.answers.arch
	switch {
	case !strings.EqualFold(a.component.Architecture, arch):
		return fmt.Sprintf("component for %s, Windows is %s", orNone(a.component.Architecture), arch)
	case a.schema == nil:
		return "no component of this name is known"
	case a.schema.In(a.situation.release()) == schema.Gone:
		return "component removed in " + orNone(a.schema.RemovedIn)
	case a.schema.In(a.situation.release()) == schema.NotYet:
		return "component only since " + a.schema.Introduced
	case twice:
		return "the component stands in this pass twice, and what Windows then takes is not documented"
	}
	return ""
}

// settings plays one level of a component. free is set below a parent whose
// children have no known names.
func (a *applier) settings(settings []*answer.Setting, parent *schema.Setting, path string, free bool) {
	counts := map[string]int{}
	for _, s := range settings {
		counts[strings.ToLower(s.Name)]++
	}
	index := map[string]int{}
	for _, s := range settings {
		name := strings.ToLower(s.Name)
		index[name]++
		var known *schema.Setting
		if !free && s.Space == "" {
			known = a.schema.Child(parent, s.Name)
		}
		item := known != nil && known.Kind == schema.Item
		at := joinPath(path, s.Name)
		if !free && known == nil && answer.IsSecretName(a.schema, parent, s.Name) {
			at = joinPath(path, hidden)
		}
		if item || counts[name] > 1 {
			at = fmt.Sprintf("%s[%d]", at, index[name])
		}
		if reason := a.refuseSetting(s, known, path == "", free); reason != "" {
			a.ignore(at, reason, s.Place())
			continue
		}
		if !free && !item && index[name] > 1 {
			a.ignore(at, "given twice, and which one Windows takes is not documented", s.Place())
			continue
		}
		a.take(s, known, at, free)
	}
}

func (a *applier) take(s *answer.Setting, known *schema.Setting, at string, free bool) {
	if len(s.Children) > 0 {
		a.settings(s.Children, known, at, free || known != nil && known.Opaque)
		return
	}
	if known != nil && known.Container() {
		return // an empty container sets nothing
	}
	a.run.Applied = append(a.run.Applied, Applied{Component: a.component.Name, Setting: at, Value: a.shown(s), At: s.Place().String()})
}

func (a *applier) refuseSetting(s *answer.Setting, known *schema.Setting, top, free bool) string {
	if top && a.refuse != nil {
		if reason := a.refuse(a.component.Name, s); reason != "" {
			return reason
		}
	}
	switch {
	case free:
		return ""
	case s.Space != "":
		return "an element of a foreign namespace"
	case known == nil:
		return "no setting of this name is known"
	case known.In(a.situation.release()) == schema.Gone:
		return "setting removed in " + orNone(known.RemovedIn)
	case known.In(a.situation.release()) == schema.NotYet:
		return "setting only since " + known.Introduced
	case known.Passes != 0 && !known.Passes.Has(a.pass):
		return "setting not valid in this pass, only in " + known.Passes.String()
	case !a.situation.command.VM && strings.EqualFold(s.Name, "VMModeOptimizations"):
		return "only meaningful with /mode:vm"
	}
	return ""
}

func (a *applier) ignore(setting, reason string, at source.Span) {
	a.run.Ignored = append(a.run.Ignored, Ignored{Component: a.component.Name, Setting: setting, Reason: reason, At: at.String()})
}

// sensitiveIn are the settings of a file whose value no record shows. The
// answer file decides it, as it does for every other output.
func sensitiveIn(file *answer.File) map[*answer.Setting]bool {
	found := map[*answer.Setting]bool{}
	file.Walk(func(c *answer.Cursor) bool {
		if c.Sensitive() {
			found[c.Setting] = true
		}
		return true
	})
	return found
}

// shown is the value for a record: sensitive ones are masked, secrets are
// named by their source, and passwords are taken out of command lines.
func (a *applier) shown(s *answer.Setting) string {
	switch {
	case s.Secret != nil:
		return s.Secret.Placeholder()
	case s.Text == "":
		return ""
	case a.sensitive[s]:
		return hidden
	case strings.EqualFold(s.Name, "CommandLine"), strings.EqualFold(s.Name, "Path"):
		return secret.HideInLog(s.Text) // net user NAME PASSWORD /add
	}
	return secret.Hide(s.Text)
}

func joinPath(path, name string) string {
	if path == "" {
		return name
	}
	return path + "/" + name
}

func orNone(text string) string {
	if text == "" {
		return "no stated release"
	}
	return text
}
