// Package reseal turns the deployment intent of a profile into a Windows
// answer file and tells what Windows will make of it. It composes the
// compiler, the checks and the Sysprep model over values and streams: it
// opens no file, reads no environment and prints nothing.
package reseal

import (
	"bytes"

	"github.com/reseal/reseal/compiler"
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// The types of other packages that this API speaks in.
type (
	Diagnostic  = diag.Diagnostic
	Diagnostics = diag.List
	Severity    = diag.Severity
	Span        = source.Span
	Target      = schema.Target
	Invocation  = schema.Invocation
	AnswerFile  = answer.File
	Secret      = answer.Secret
	Image       = schema.Image
)

// The severities.
const (
	Info    = diag.Info
	Warning = diag.Warning
	Error   = diag.Error
)

// Options are what a caller knows beside the text.
type Options struct {
	Target            Target      // wins over what the profile says; empty fields say nothing
	Default           Target      // stands in for what neither Target nor the profile says
	Unattended        bool        // Target.Unattended was given, even if false
	Invocation        *Invocation // how Sysprep is called, for an answer file in XML
	Ignore            []Ignore    // findings that a configuration sets aside
	Strict            bool        // rules that are off by default speak as well
	AllowPlaceholders bool        // template placeholders are no finding
	Lines             bool        // Compile tells where each line of XML comes from
	Images            []Image     // that the answers meet: those of a file, of which they may select one, or a single installation
	Image             int         // index of the one of a file that is meant, whichever they select; 0 = not known
}

// Ignore sets the findings of one rule aside.
type Ignore struct{ Rule, Reason string }

// Loaded is a profile or an answer file that was read.
type Loaded struct {
	Outputs []Output     // none when the text could not be read
	Form    *Diagnostics // reading, shape and lowering: errors here stop every compile
	Profile bool         // it was YAML

	found   *Diagnostics // about XML inside a profile: checks like any other
	ignores []compiler.Ignore
	options Options
}

// Output is one answer file that a text stands for. A profile with several
// releases, architectures or documents has several.
type Output struct {
	Suffix string // tells the outputs apart, "" for a single one: "-arm64"
	Answer *AnswerFile
}

// IsXML tells whether a text is an answer file rather than a profile: its
// first character that is no blank, in whatever encoding, is "<", or it begins
// with words that are no YAML and goes on as one.
func IsXML(text []byte) bool {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	text = bytes.TrimPrefix(bytes.TrimPrefix(text, []byte("\xff\xfe")), []byte("\xfe\xff"))
	text = bytes.TrimLeft(text, " \t\r\n\x00")
	return len(text) > 0 && text[0] == '<' || strayStart(text)
}

// strayStart tells an answer file in front of which a few lines were left: the
// words of a chat, a fence, the prompt of a shell. A profile holds its mark or
// some other key first, and hardly ever XML of its own at the start of a line.
func strayStart(text []byte) bool {
	text = text[:min(len(text), 512)]
	at := bytes.Index(text, []byte("<?xml "))
	if at < 0 {
		at = bytes.Index(text, []byte("<unattend"))
	}
	if at <= 0 || bytes.Contains(text[:at], []byte("version: "+compiler.Version)) {
		return false
	}
	return text[at-1] == '\n' || !bytes.ContainsAny(text[:at], ":#")
}

// Load reads a profile or an answer file. Name is what diagnostics call it.
func Load(name string, text []byte, o Options) *Loaded {
	if IsXML(text) {
		return loadXML(name, text, o)
	}
	p, form := compiler.Parse(source.NewFile(name, text), compiler.Options{
		Override: o.Target, OverrideUnattended: o.Unattended, Default: o.Default, Strict: o.Strict,
	})
	l := &Loaded{Form: form, Profile: true, options: o, found: &Diagnostics{}}
	if p == nil {
		return l
	}
	l.ignores, l.found = p.Ignores, p.Findings
	for _, out := range p.Outputs {
		hideFolded(out.Answer)
		l.Outputs = append(l.Outputs, Output{Suffix: out.Suffix, Answer: out.Answer})
	}
	return l
}

func loadXML(name string, text []byte, o Options) *Loaded {
	l := &Loaded{options: o, found: &Diagnostics{}}
	read := xmldoc.Read
	if o.AllowPlaceholders {
		read = xmldoc.ReadTemplate
	}
	a, form := read(name, text)
	l.Form = form
	if a == nil {
		return l
	}
	hideFolded(a)
	a.Target, a.Invocation = o.Target.Or(o.Default), o.Invocation
	l.Outputs = []Output{{Answer: a}}
	return l
}
