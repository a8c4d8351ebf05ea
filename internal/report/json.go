package report

import (
	"encoding/json"
	"io"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
)

var jsonFormat = Format{Name: "json", Help: "reseal/diagnostics/v1", Write: writeJSON}

type document struct {
	Schema      string       `json:"schema"`
	Diagnostics []diagnostic `json:"diagnostics"`
	Summary     summary      `json:"summary"`
}

type region struct {
	Line      int `json:"line"`
	Column    int `json:"column"`
	EndLine   int `json:"endLine"`
	EndColumn int `json:"endColumn"`
}

type diagnostic struct {
	File string `json:"file"`
	region
	Rule      string    `json:"rule"`
	Severity  string    `json:"severity"`
	Tags      []string  `json:"tags"`
	Message   string    `json:"message"`
	Why       string    `json:"why,omitempty"`
	Help      string    `json:"help,omitempty"`
	Pass      string    `json:"pass,omitempty"`
	Component string    `json:"component,omitempty"`
	Setting   string    `json:"setting,omitempty"`
	Related   []related `json:"related,omitempty"`
	Fix       *fix      `json:"fix,omitempty"`
}

type related struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

type fix struct {
	Title string `json:"title"`
	Safe  bool   `json:"safe"`
	Edits []edit `json:"edits"`
}

type edit struct {
	region
	Text string `json:"text"`
}

type summary struct {
	Files      int `json:"files"`
	Errors     int `json:"errors"`
	Warnings   int `json:"warnings"`
	Infos      int `json:"infos"`
	Suppressed int `json:"suppressed"`
}

func writeJSON(w io.Writer, list *diag.List, sum Summary, _ Style) error {
	doc := document{Schema: "reseal/diagnostics/v1", Diagnostics: []diagnostic{}, Summary: summary{
		Files: sum.Files, Errors: list.Count(diag.Error), Warnings: list.Count(diag.Warning),
		Infos: list.Count(diag.Info), Suppressed: list.Suppressed,
	}}
	for _, d := range list.All {
		doc.Diagnostics = append(doc.Diagnostics, jsonOf(d))
	}
	return WriteJSON(w, doc)
}

// WriteJSON writes any document of Reseal: two-space indent, no HTML escapes,
// one line end at the end.
func WriteJSON(w io.Writer, doc any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}

func jsonOf(d *diag.Diagnostic) diagnostic {
	out := diagnostic{
		File: name(d.Span), region: regionOf(d.Span), Rule: d.Rule, Severity: d.Severity.String(), Tags: d.Tags,
		Message: said(d.Message), Why: d.Why, Help: said(d.Help), Pass: d.Pass, Component: d.Component, Setting: d.Setting,
	}
	if out.Tags == nil {
		out.Tags = []string{}
	}
	for _, r := range d.Related {
		at := r.Span.Position()
		out.Related = append(out.Related, related{File: name(r.Span), Line: at.Line, Column: at.Column, Message: said(r.Message)})
	}
	if d.Fix != nil && !telling(d.Fix) {
		out.Fix = &fix{Title: d.Fix.Title, Safe: d.Fix.Safe}
		for _, e := range d.Fix.Edits {
			out.Fix.Edits = append(out.Fix.Edits, edit{region: regionOf(e.Span), Text: e.Text})
		}
	}
	return out
}

func name(s source.Span) string {
	if s.File == nil {
		return ""
	}
	return s.File.Name
}

func regionOf(s source.Span) region {
	at, end := s.Position(), s.EndPosition()
	return region{Line: at.Line, Column: at.Column, EndLine: end.Line, EndColumn: end.Column}
}
