package image

import (
	"slices"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/sysprep"
)

// Checked is the outcome of the pre-checks of a run that the image is to go
// through.
type Checked struct {
	Command string
	Results []sysprep.CheckResult
	Winners []Winner
	Notes   []string
}

// Winner is the answer file that Windows takes for a pass when none is named.
type Winner struct {
	Pass schema.Pass
	File string // as the image calls it; "" = none
	Over []sysprep.PassedOver
}

// Check judges every pre-check that applies to a run of Sysprep and names the
// answer file that each of its passes would find in the image. The facts are
// those of Machine, which a caller may know better.
func Check(m *sysprep.Machine, inv schema.Invocation, skips []sysprep.Skip) *Checked {
	command := sysprep.CommandOf(inv, "")
	out := &Checked{Command: command.String(), Results: sysprep.PreCheck(m, nil, command, skips)}
	out.Notes = sysprep.NotesOf(out.Results, skips)
	passes, _ := schema.RunsPasses("sysprep", &inv)
	for _, pass := range passes {
		w := Winner{Pass: pass}
		file, over := sysprep.Search(pass, m.Architecture.Value, slices.Clone(m.AnswerFiles.Value))
		if w.Over = over; file != nil {
			w.File = file.Path
		}
		out.Winners = append(out.Winners, w)
	}
	return out
}

// Count tells how many results have a status.
func (c *Checked) Count(s sysprep.Status) int {
	n := 0
	for _, r := range c.Results {
		if r.Status == s {
			n++
		}
	}
	return n
}
