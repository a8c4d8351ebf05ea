package main

import (
	"time"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/sysprep"
	"github.com/reseal/reseal/sysprep/image"
	"github.com/reseal/reseal/sysprep/setuplog"
)

// imageFacts are the facts that both kinds of image have.
type imageFacts struct {
	Index        int      `json:"index,omitempty"`
	Name         string   `json:"name,omitempty"`
	Description  string   `json:"description,omitempty"`
	Windows      string   `json:"windows,omitempty"` // release ID
	Version      string   `json:"version,omitempty"`
	Build        int      `json:"build,omitempty"`
	Edition      string   `json:"edition,omitempty"`
	Installation string   `json:"installation,omitempty"`
	Architecture string   `json:"architecture,omitempty"`
	Languages    []string `json:"languages"`
}

// wimImage is one image of an image file.
type wimImage struct {
	imageFacts
	DisplayName     string `json:"displayName,omitempty"`
	Flags           string `json:"flags,omitempty"`
	DefaultLanguage string `json:"defaultLanguage,omitempty"`
	Bytes           uint64 `json:"bytes,omitempty"` // of all files
}

func factsOf(f schema.Image, installation string) imageFacts {
	return imageFacts{
		Index: f.Index, Name: f.Name, Description: f.Description, Windows: f.Windows, Version: f.Version, Build: f.Build,
		Edition: f.Edition, Installation: installation, Architecture: f.Architecture, Languages: orEmpty(f.Languages),
	}
}

// orEmpty makes JSON write [] where a list has nothing.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func wimDocument(path string, w *image.WIM) any {
	doc := struct {
		Schema      string     `json:"schema"`
		Path        string     `json:"path"`
		Kind        string     `json:"kind"`
		Compression string     `json:"compression"`
		Solid       bool       `json:"solid"`
		Part        int        `json:"part"`
		Parts       int        `json:"parts"`
		BootIndex   int        `json:"bootIndex,omitempty"` // of the image that Windows PE boots
		Images      []wimImage `json:"images"`
	}{Schema: "reseal/image/v1", Path: shown(path), Kind: "wim", Compression: w.Compression, Solid: w.Solid, Part: w.Part, Parts: w.Parts, BootIndex: w.BootIndex, Images: []wimImage{}}
	for _, i := range w.Images {
		doc.Images = append(doc.Images, wimImage{factsOf(i.Facts(), i.InstallationType), i.DisplayName, i.Flags, i.DefaultLanguage, i.Bytes})
	}
	return doc
}

type answerJSON struct {
	Path    string   `json:"path"`
	Here    string   `json:"here"`
	Place   string   `json:"place,omitempty"`
	Serves  []string `json:"serves"`
	Secrets []string `json:"secrets"`
	Problem string   `json:"problem,omitempty"`
}

func answerOf(f image.AnswerFile) answerJSON {
	a := answerJSON{Path: f.Path, Here: f.Here, Serves: passNames(schema.PassesOf(f.Wins...)), Secrets: orEmpty(f.Secrets), Problem: f.Problem}
	if f.Searched {
		a.Place = f.Place.String()
	}
	return a
}

type stateJSON struct {
	Verdict        image.Verdict `json:"verdict"`
	Reading        string        `json:"reading"`
	Advice         string        `json:"advice"`
	Grade          sysprep.Grade `json:"grade"`
	ImageState     string        `json:"imageState"`
	StateIni       string        `json:"stateIni,omitempty"`
	Generalization *int          `json:"generalizationState"`
	Cleanup        *int          `json:"cleanupState"`
	SetupType      *int          `json:"setupType"`
	Command        string        `json:"cmdLine"`
	SysprepMode    string        `json:"sysprepMode,omitempty"`
	Tag            bool          `json:"successTag"`
	Dirty          []string      `json:"dirtyHives"`
	Notes          []string      `json:"notes"`
}

func stateOf(s *image.State) stateJSON {
	return stateJSON{
		Verdict: s.Verdict, Reading: s.Reading, Advice: s.Advice, Grade: s.Grade, ImageState: s.ImageState, StateIni: s.StateIni,
		Generalization: present(s.Generalization), Cleanup: present(s.Cleanup), SetupType: present(s.SetupType),
		Command: s.Command, SysprepMode: s.SysprepMode, Tag: s.Tag, Dirty: orEmpty(s.Dirty), Notes: orEmpty(s.Notes()),
	}
}

// present is null for a number that is absent.
func present(n int) *int {
	if n < 0 {
		return nil
	}
	return &n
}

func stateDocument(path string, s *image.State, problems []error) any {
	return struct {
		Schema string `json:"schema"`
		Path   string `json:"path"`
		stateJSON
		Problems []string `json:"problems"`
	}{"reseal/image-state/v1", shown(path), stateOf(s), problemTexts(problems)}
}

type accountJSON struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
}

type packageJSON struct {
	Name        string   `json:"name"`
	Kind        string   `json:"kind"`
	Users       []string `json:"users"`
	Provisioned bool     `json:"provisioned"`
	Version     string   `json:"provisionedVersion,omitempty"`
}

func imageDocument(path string, s *image.Summary, problems []error) any {
	m := s.Machine
	doc := struct {
		Schema    string         `json:"schema"`
		Path      string         `json:"path"`
		Kind      string         `json:"kind"`
		Product   string         `json:"product"`
		Facts     imageFacts     `json:"facts"`
		State     stateJSON      `json:"state"`
		Changed   string         `json:"changed,omitempty"`
		LastRun   *setuplog.Run  `json:"lastRun,omitempty"`
		Accounts  []accountJSON  `json:"accounts"`
		Domain    string         `json:"domain,omitempty"`
		StoreApps []packageJSON  `json:"storeApps"`
		Roles     []string       `json:"roles"`
		Pending   []string       `json:"pending"`
		Leftovers []string       `json:"leftovers"`
		Upgraded  bool           `json:"upgraded"`
		Internal  int            `json:"internalProviders"`
		External  []providerJSON `json:"externalProviders"`
		Answers   []answerJSON   `json:"answerFiles"`
		Pointer   string         `json:"unattendFile,omitempty"`
		Scripts   []string       `json:"scripts"`
		CloneTag  string         `json:"cloneTag,omitempty"`
		Problems  []string       `json:"problems"`
	}{
		Schema: "reseal/image/v1", Path: shown(path), Kind: "folder", Product: s.Product, Facts: factsOf(s.Facts, s.Installation), State: stateOf(&s.State),
		LastRun: s.LastRun, Accounts: []accountJSON{}, Domain: m.Domain.Value, StoreApps: []packageJSON{}, Roles: orEmpty(m.Roles.Value),
		Pending: orEmpty(m.Pending.Value), Leftovers: orEmpty(m.Leftovers.Value), Upgraded: m.Upgraded.Value, Internal: len(m.Internal.Value),
		External: []providerJSON{}, Answers: []answerJSON{}, Pointer: s.Pointer, Scripts: orEmpty(m.Scripts.Value), CloneTag: s.CloneTag, Problems: problemTexts(problems),
	}
	if !s.Changed.IsZero() {
		doc.Changed = s.Changed.Format(time.RFC3339)
	}
	for _, a := range m.Accounts.Value {
		doc.Accounts = append(doc.Accounts, accountJSON(a))
	}
	for _, p := range m.AppX.Value {
		doc.StoreApps = append(doc.StoreApps, packageJSON{p.Name, p.Kind, orEmpty(p.Users), p.Provisioned, p.ProvisionedVersion})
	}
	for _, p := range m.External.Value {
		doc.External = append(doc.External, externalOf(p, "external"))
	}
	for _, f := range s.Answers {
		doc.Answers = append(doc.Answers, answerOf(f))
	}
	return doc
}
