package yamldoc

import (
	"bytes"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
)

// MaxBytes is the size beyond which Parse refuses a file. Whoever reads a file
// into memory compares its size with it first.
const MaxBytes = 16 << 20

// Limits bounds what a text may cost its reader.
type Limits struct {
	Bytes    int // size of the file
	Depth    int // mappings and lists inside each other, aliases expanded
	Nodes    int // values and keys of the file, aliases expanded
	Problems int // diagnostics of one file
}

// DefaultLimits are those of Parse. Depth and size are those of answer files in
// XML. Of nodes there are five times as many as there: an element is a key and a
// value at least, and one with an attribute some more.
func DefaultLimits() Limits {
	return Limits{Bytes: MaxBytes, Depth: 256, Nodes: 1_000_000, Problems: 1000}
}

func overBytes(f *source.File, limit int) *diag.Diagnostic {
	return rule.InputLimit.At(source.Span{File: f}, "the file is larger than the limit of %d bytes", limit)
}

func overDepth(at source.Span, limit int) *diag.Diagnostic {
	return rule.InputLimit.At(at, "the value is nested deeper than the limit of %d levels", limit)
}

func overNodes(at source.Span, limit int) *diag.Diagnostic {
	return rule.InputLimit.At(at, "the file holds more than the limit of %d values, counted with every alias expanded", limit)
}

func overProblems(at source.Span, limit int) *diag.Diagnostic {
	return rule.InputLimit.At(at, "more than the limit of %d problems; what follows is not shown", limit)
}

// crowded tells whether the text has more signs that start a value than it may
// have values. yaml.v3 builds the whole tree before anybody can count it, at
// some hundred bytes of memory for two bytes of text; this look at the text
// bounds that. Signs inside quotes and comments count too: no profile comes
// near the limit.
func crowded(text []byte, limit int) bool {
	if len(text) <= limit {
		return false
	}
	signs := 0
	for _, sign := range [...]string{",", "[", "{", ": ", ":\n", ":\r", "- ", "-\n", "-\r", "?"} {
		signs += bytes.Count(text, []byte(sign))
	}
	return signs > limit
}
