package setuplog

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// example is what the entries of the table hold for tests.
type example struct {
	ID    string   `yaml:"id"`
	Kind  string   `yaml:"kind"`
	Match []string `yaml:"match"`
	Near  []string `yaml:"near"`
}

func examples(t *testing.T) []example {
	t.Helper()
	names, err := filepath.Glob("signatures/*.yaml")
	if err != nil || len(names) < 5 {
		t.Fatalf("%d files of signatures, %v", len(names), err)
	}
	var all []example
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var group []example
		if err := yaml.Unmarshal(text, &group); err != nil {
			t.Fatal(err)
		}
		all = append(all, group...)
	}
	return all
}

// logged puts lines into the columns of a log, as Windows would write them.
func logged(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		l := ParseLine(line)
		severity := l.Severity
		if severity == NoSeverity {
			severity = Error
		}
		id := ""
		if l.ID != 0 {
			id = fmt.Sprintf("[0x%06x]", l.ID)
		}
		if l.LastError != "" {
			l.Message += "[gle=" + l.LastError + "]"
		}
		fmt.Fprintf(&b, "2026-03-04 05:06:07, %-11s%10s %-6s %s\r\n", severity, id, l.Component, l.Message)
	}
	return b.String()
}

func explained(text string) []string {
	var ids []string
	for _, g := range Explain(text) {
		ids = append(ids, g.ID)
	}
	return ids
}

// scanned returns the last run of a log text.
func scanned(t *testing.T, text string) Run {
	t.Helper()
	log, err := Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if len(log.Runs) == 0 {
		return Run{}
	}
	return log.Runs[len(log.Runs)-1]
}

func noted(r Run) []string {
	var ids []string
	for _, n := range r.Notes {
		ids = append(ids, n.Signature)
	}
	return ids
}

func TestEverySignatureKnowsItsLinesAndNotTheNearOnes(t *testing.T) {
	all := examples(t)
	if len(all) != len(signatures) {
		t.Fatalf("%d entries in the files, %d in the table; run go generate", len(all), len(signatures))
	}
	for _, e := range all {
		t.Run(e.ID, func(t *testing.T) {
			for _, text := range e.Match {
				if !slices.Contains(explained(text), e.ID) && scanned(t, logged(text)).Signature != e.ID {
					t.Errorf("not known: %s\n explained as %v, scanned as %+v", text, explained(text), scanned(t, logged(text)))
				}
			}
			for _, text := range e.Near {
				if r := scanned(t, logged(text)); slices.Contains(explained(text), e.ID) || r.Signature == e.ID || slices.Contains(noted(r), e.ID) {
					t.Errorf("known, and should not be: %s", text)
				}
			}
		})
	}
}

// In a log the line of a failure must turn the run red with this signature,
// behind every kind of noise, and the noise must not.
func TestEveryFailureIsFoundBehindNoise(t *testing.T) {
	var noise strings.Builder
	for _, e := range examples(t) {
		if e.Kind == "noise" {
			for _, text := range e.Match {
				noise.WriteString(logged(text))
			}
		}
	}
	if r := scanned(t, header+noise.String()+worked+closing); r.Verdict != Success || r.Line != 0 || r.Signature != "" {
		t.Errorf("noise alone: %+v", r)
	}
	for _, e := range examples(t) {
		if e.Kind != "" && e.Kind != "general" {
			continue
		}
		for _, text := range e.Match {
			lines := logged(text)
			if !strings.Contains(lines, "Error") || e.ID == "F26" {
				continue
			}
			verdict := ""
			if !strings.Contains(lines, "Hit failure while") {
				verdict = halted
			}
			body := header + noise.String() + lines + noise.String() + verdict + closing
			r := scanned(t, body)
			if e.ID != "F68" && e.ID != "F74" && r.Verdict != Failed || r.Signature != e.ID {
				t.Errorf("%s: %s in line %d: %s", e.ID, r.Verdict, r.Line, r.Signature)
			}
			first, rest, _ := strings.Cut(body, lines)
			if start := strings.Count(first, "\n"); r.Line <= start || r.Line > start+strings.Count(lines, "\n") {
				t.Errorf("%s: the cause is told in line %d, it stands from line %d on (%d lines behind)", e.ID, r.Line, start+1, strings.Count(rest, "\n"))
			}
		}
	}
}

func TestEverySignatureOfTheFactsIsThere(t *testing.T) {
	for i := 1; i <= 67; i++ {
		if id := fmt.Sprintf("F%02d", i); Find(id) == nil {
			t.Errorf("%s is missing", id)
		}
	}
	for i := 1; i <= 13; i++ {
		if id := fmt.Sprintf("N%02d", i); Find(id) == nil {
			t.Errorf("%s is missing", id)
		}
	}
	if Find("f01") == nil || Find("F00") != nil {
		t.Error("Find counts case, or finds what is not there")
	}
}

// What a table entry says goes to the user as it stands.
func TestTextsOfTheTableAreSentences(t *testing.T) {
	group := regexp.MustCompile(`\$\d`)
	for _, g := range Signatures() {
		if !strings.HasSuffix(g.Cause, ".") || g.Fix != "" && !strings.HasSuffix(g.Fix, ".") {
			t.Errorf("%s: cause or fix is no sentence", g.ID)
		}
		if g.Grade == Unverified && g.Decides {
			t.Errorf("%s is unverified and turns a run red by itself", g.ID)
		}
		for _, m := range group.FindAllString(g.Cause+g.Fix, -1) {
			if groups := patterns()[g.ID].NumSubexp(); m != "$1" || groups < 1 {
				t.Errorf("%s uses %s, its pattern has %d groups", g.ID, m, groups)
			}
		}
	}
}
