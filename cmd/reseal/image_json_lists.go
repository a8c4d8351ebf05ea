package main

import (
	"github.com/reseal/reseal"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/sysprep"
	"github.com/reseal/reseal/sysprep/image"
)

func checkDocument(path string, m *reseal.Machine, checked *image.Checked, problems []error) any {
	type over struct {
		File   string `json:"file"`
		Reason string `json:"reason"`
	}
	type winner struct {
		Pass string `json:"pass"`
		File string `json:"file"`
		Over []over `json:"passedOver"`
	}
	doc := struct {
		Schema   string         `json:"schema"`
		Path     string         `json:"path"`
		Windows  string         `json:"windows"`
		Command  string         `json:"command"`
		Checks   []sysprep.Step `json:"checks"`
		Winners  []winner       `json:"answerFiles"`
		Notes    []string       `json:"notes"`
		Problems []string       `json:"problems"`
	}{"reseal/image-check/v1", shown(path), m.Windows.Value, checked.Command, []sysprep.Step{}, []winner{}, orEmpty(checked.Notes), problemTexts(problems)}
	for _, r := range checked.Results {
		doc.Checks = append(doc.Checks, r.Step)
	}
	for _, w := range checked.Winners {
		one := winner{w.Pass.String(), w.File, []over{}}
		for _, o := range w.Over {
			one.Over = append(one.Over, over{o.File.Path, o.Reason})
		}
		doc.Winners = append(doc.Winners, one)
	}
	return doc
}

func stageDocument(s *image.Staged, notes []string) any {
	return struct {
		Schema  string   `json:"schema"`
		Path    string   `json:"path"`
		Kept    string   `json:"kept,omitempty"`
		DryRun  bool     `json:"dryRun"`
		Secret  bool     `json:"secret"`
		Exposed bool     `json:"exposed"`
		Same    bool     `json:"unchanged"`
		Notes   []string `json:"notes"`
	}{"reseal/image-stage/v1", s.Path, s.Kept, s.DryRun, s.Secret, s.Exposed, s.Same, orEmpty(notes)}
}

func cleanDocument(path string, list []image.Leftover, notes []string, problems []error) any {
	type leftover struct {
		answerJSON
		Needed  []string `json:"needed"`
		Removed bool     `json:"removed"`
	}
	doc := struct {
		Schema   string     `json:"schema"`
		Path     string     `json:"path"`
		Files    []leftover `json:"files"`
		Notes    []string   `json:"notes"`
		Problems []string   `json:"problems"`
	}{"reseal/image-clean/v1", shown(path), []leftover{}, orEmpty(notes), problemTexts(problems)}
	for _, l := range list {
		doc.Files = append(doc.Files, leftover{answerOf(l.AnswerFile), passNames(schema.PassesOf(l.Needed...)), l.Removed})
	}
	return doc
}

type providerJSON struct {
	Stage        string   `json:"stage"`
	Kind         string   `json:"kind"` // internal or external
	Order        int      `json:"order,omitempty"`
	Name         string   `json:"name"`
	Architecture string   `json:"architecture,omitempty"`
	Exclude      string   `json:"exclude,omitempty"`
	Validate     []string `json:"validate"`
	Execute      []string `json:"execute"`
	Does         []string `json:"does"`
	Missing      bool     `json:"missing,omitempty"`
}

func externalOf(p sysprep.ExternalProvider, kind string) providerJSON {
	return providerJSON{Stage: p.Stage, Kind: kind, Name: p.Name, Validate: []string{}, Architecture: p.Architecture, Execute: []string{p.Launch()}, Does: []string{}, Missing: p.Missing}
}

func providersDocument(path string, l providerLists, problems []error) any {
	doc := struct {
		Schema    string         `json:"schema"`
		Path      string         `json:"path"`
		Providers []providerJSON `json:"providers"`
		Problems  []string       `json:"problems"`
	}{"reseal/image-providers/v1", shown(path), []providerJSON{}, problemTexts(problems)}
	add := func(kind, stage string, list []sysprep.ExternalProvider) {
		for _, p := range list {
			if p.Stage == stage {
				doc.Providers = append(doc.Providers, externalOf(p, kind))
			}
		}
	}
	for _, stage := range sysprep.Stages() {
		for _, a := range l.internal {
			if a.Stage == stage {
				doc.Providers = append(doc.Providers, providerJSON{Stage: stage, Kind: "internal", Order: a.Order, Name: a.Name, Architecture: a.Architecture, Exclude: a.Exclude,
					Validate: orEmpty(a.Validate), Execute: orEmpty(a.Execute), Does: orEmpty(a.Does)})
			}
		}
		add("internal", stage, l.old)
		add("external", stage, l.external)
	}
	return doc
}
