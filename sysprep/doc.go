// Package sysprep is the engine: the command line of sysprep.exe, the checks
// and phases of a run, the model of a machine, the rehearsal that plays a run
// and the boots after it without Windows, and the driver of the real program.
//
// It knows three kinds of facts. What was given (by a machine file, an image
// or the answer file) can make a step "ok"; what is only true by default makes
// it "assumed"; what nobody models is "not-modelled". Sources of facts are
// public addresses, and a fact that rests on field reports or on inference
// alone never blocks a run.
package sysprep
