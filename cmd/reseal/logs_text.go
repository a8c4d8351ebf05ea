package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal/internal/report"
	"github.com/reseal/reseal/sysprep/setuplog"
)

// tellLogs is the report for people: a paragraph a run.
func tellLogs(all []logFile, doc logsJSON, profile bool) string {
	var b strings.Builder
	next := 0
	for i, f := range all {
		if i > 0 {
			b.WriteString("\n")
		}
		tellHead(&b, f)
		for n := range f.log.Runs {
			tellRun(&b, &doc.Runs[next], n, len(f.log.Runs), profile)
			next++
		}
	}
	return b.String()
}

func tellHead(b *strings.Builder, f logFile) {
	b.WriteString(f.name)
	if f.place != nil && len(f.place.Passes) > 0 {
		fmt.Fprintf(b, " (%s)", strings.Join(f.place.Passes, ", "))
	}
	b.WriteString("\n")
	switch n := f.log.Dropped; {
	case n > 0 && len(f.log.Runs) == 1: // as --follow reports it
		fmt.Fprintf(b, "  the last run; %d before it are left out\n", n)
	case n > 0:
		fmt.Fprintf(b, "  %d earlier runs are left out: a report keeps the last %d of a file\n", n, setuplog.MaxRuns)
	}
}

func tellRun(b *strings.Builder, r *runOfLog, n, of int, profile bool) {
	kind := "run"
	if r.Rehearsal {
		kind = "rehearsal"
	}
	fmt.Fprintf(b, "  %s", kind)
	if of > 1 {
		fmt.Fprintf(b, " %d of %d", n+1, of)
	}
	if r.Started != "" {
		fmt.Fprintf(b, ", %s", r.Started)
	}
	fmt.Fprintf(b, ", from line %d: %s\n", r.StartLine, r.Run.String())
	if r.Line > 0 {
		fmt.Fprintf(b, "    %s:%d: %s\n", r.File, r.Line, r.Text)
	}
	for _, part := range []struct{ name, text string }{
		{"code", codeLine(r)}, {"provider", r.Provider}, {"cause", causeLine(r)}, {"fix", r.Fix}, {"source", r.Source}, {"setting", settingLine(r)}, {"profile", profileLine(r, profile)},
	} {
		if part.text != "" {
			fmt.Fprintf(b, "    %s: %s\n", part.name, part.text)
		}
	}
	for _, note := range r.Notes {
		fmt.Fprintf(b, "    note: line %d [%s]: %s\n", note.Line, note.Signature, note.Cause)
		if note.Fix != "" {
			fmt.Fprintf(b, "      fix: %s\n", note.Fix)
		}
	}
}

func codeLine(r *runOfLog) string {
	if r.Code == "" {
		return ""
	}
	code, _ := setuplog.ParseCode(r.Code)
	text := r.Code + ", " + code.Describe()
	if !strings.EqualFold(r.Original, r.Code) {
		text += "; logged as " + r.Original
	}
	return text
}

func causeLine(r *runOfLog) string {
	if r.Signature == "" {
		return r.Cause
	}
	return fmt.Sprintf("%s [%s, %s]", r.Cause, r.Signature, r.Grade)
}

func settingLine(r *runOfLog) string {
	s := r.Setting
	if s == nil {
		return ""
	}
	text := s.Component
	if s.Path != "" {
		text += "/" + s.Path
	}
	if s.Key != "" {
		text += ", item " + s.Key
	}
	if s.Pass != "" {
		text += " in " + s.Pass
	}
	return text
}

func profileLine(r *runOfLog, profile bool) string {
	switch {
	case !profile || r.Verdict == setuplog.Success:
		return ""
	case r.At != "":
		return r.At
	case r.Setting == nil:
		return "the log names no setting"
	}
	return "the profile does not set it"
}

// logsWhere prints the table of places; with a path it tells what is there.
func (sh *shell) logsWhere(c *cli.Context) error {
	if c.Bool("follow") || c.String("profile") != "" {
		return usage("--where goes with a path alone")
	}
	there := map[*setuplog.Place]string{}
	for _, folder := range c.Args().Slice() {
		if err := lookThere(folder, there); err != nil {
			return err
		}
	}
	if c.String("format") == "json" {
		return written(report.WriteJSON(sh.stdout, whereDocument(there)))
	}
	var table bytes.Buffer
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	for i, all := 0, setuplog.Places(); i < len(all); i++ {
		p := &all[i]
		passes := strings.Join(p.Passes, ", ")
		if passes == "" {
			passes = "-"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", p.Path, passes, p.Holds)
		if there[p] != "" {
			fmt.Fprintf(w, "  there: %s\t\t\n", there[p])
		}
	}
	_ = w.Flush() // a buffer takes everything
	return sh.withoutTrailingBlanks(table.String())
}

// withoutTrailingBlanks prints a table whose cells at the end of a line may be
// empty: those keep their columns together, and are padded for that.
func (sh *shell) withoutTrailingBlanks(table string) error {
	var out strings.Builder
	for line := range strings.Lines(table) {
		out.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	_, err := io.WriteString(sh.stdout, out.String())
	return written(err)
}

func lookThere(folder string, there map[*setuplog.Place]string) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return fileError(plain(err))
	}
	defer root.Close()
	found, err := setuplog.Search(root.FS())
	if err != nil {
		return fileError(plain(err))
	}
	for _, f := range found {
		if f.Place != nil {
			there[f.Place] = path.Join(shown(folder), f.Name)
		}
	}
	return nil
}

type placeJSON struct {
	Path   string   `json:"path"`
	Passes []string `json:"passes"`
	Holds  string   `json:"holds"`
	File   string   `json:"file,omitempty"`
	Source string   `json:"source"`
}

func whereDocument(there map[*setuplog.Place]string) any {
	doc := struct {
		Schema string      `json:"schema"`
		Places []placeJSON `json:"places"`
	}{Schema: "reseal/logs/v1"}
	for i, all := 0, setuplog.Places(); i < len(all); i++ {
		p := &all[i]
		doc.Places = append(doc.Places, placeJSON{Path: p.Path, Passes: append([]string{}, p.Passes...), Holds: p.Holds, File: there[p], Source: p.Source})
	}
	return doc
}
