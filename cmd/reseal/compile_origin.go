package main

import (
	"bytes"
	"fmt"
	"io"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/internal/report"
	"github.com/reseal/reseal/schema/answer"
)

// sourceMap leads from lines of an answer file back to the profile.
type sourceMap struct {
	Schema string       `json:"schema"`
	File   string       `json:"file"` // the answer file
	Lines  []mappedLine `json:"lines"`
}

type mappedLine struct {
	Line         int    `json:"line"` // of the answer file
	Source       string `json:"source"`
	SourceLine   int    `json:"sourceLine"`
	SourceColumn int    `json:"sourceColumn"`
}

func (sh *shell) writeSourceMap(name, file string, lines []reseal.Span) error {
	m := sourceMap{Schema: "reseal/source-map/v1", File: file, Lines: []mappedLine{}}
	for i, from := range lines {
		if from.Known() {
			at := from.Position()
			m.Lines = append(m.Lines, mappedLine{Line: i + 1, Source: from.File.Name, SourceLine: at.Line, SourceColumn: at.Column})
		}
	}
	var text bytes.Buffer
	if err := report.WriteJSON(&text, m); err != nil {
		return err
	}
	if name != "-" {
		return sh.writeText(name, text.Bytes(), false)
	}
	if _, err := sh.stdout.Write(text.Bytes()); err != nil {
		return fileError(err)
	}
	return nil
}

// writeOrigins lists every setting that has a value, with its place in the
// profile and the section that made it. Values stay out: they may be secrets.
func writeOrigins(w io.Writer, l *reseal.Loaded) error {
	var text bytes.Buffer
	for _, out := range l.Outputs {
		out.Answer.Walk(func(c *answer.Cursor) bool {
			if len(c.Setting.Children) > 0 {
				return true
			}
			from := c.Setting.NamePlace()
			at := from.Position()
			fmt.Fprintf(&text, "%s:%d:%d: %s/%s@%s/%s", from.File.Name, at.Line, at.Column, c.Pass.Name, c.Component.Name, c.Component.Architecture, c.Path())
			if c.Setting.Section != "" {
				fmt.Fprintf(&text, " by the section %s", c.Setting.Section)
			}
			text.WriteByte('\n')
			return true
		})
	}
	_, err := w.Write(text.Bytes())
	return err
}
