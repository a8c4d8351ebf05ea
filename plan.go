package reseal

import (
	"fmt"
	"time"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/sysprep"
)

// The types of the engine that this API speaks in.
type (
	Machine   = sysprep.Machine
	Record    = sysprep.Record
	Rehearsed = sysprep.Rehearsed
	Skip      = sysprep.Skip
)

// PlanOptions are what a rehearsal needs beside the answer file.
type PlanOptions struct {
	Machine *Machine // nil = a fresh machine of the target
	Skips   []Skip   // pre-checks that are set aside
	Start   time.Time
}

// Plan rehearses Sysprep with the answer file of a text that has one output,
// and the boots that follow. A run that would fail is no error; its record
// says so.
func (l *Loaded) Plan(o PlanOptions) (*Rehearsed, error) {
	if l.Form.Has(diag.Error) || len(l.Outputs) != 1 {
		return nil, fmt.Errorf("a rehearsal needs one answer file, and the text has %d", len(l.Outputs))
	}
	r := sysprep.Rehearsal{Answer: l.Outputs[0].Answer, Machine: o.Machine, Skips: o.Skips, Start: o.Start}
	return r.Run()
}

// ReadMachine reads a machine file. What it leaves out is that of a fresh
// machine of its release, else of the target's.
func ReadMachine(name string, text []byte, target Target) (*Machine, *Diagnostics) {
	return sysprep.ReadMachine(source.NewFile(name, text), target)
}
