package main

import (
	"slices"
	"time"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/internal/rule"
)

// result is what Reseal makes of one file.
type result struct {
	*file
	form  []*reseal.Diagnostic // of the reader
	found []*reseal.Diagnostic // of reader and checks
	time  time.Duration        // the fastest of several runs of both
}

// runs is how often each file is timed: the fastest run tells the time that
// the file needs, the others that of the machine's other work. Runs of one file
// do not follow each other, so that such work hits only one of them.
const runs = 7

// smallFile is the size in bytes up to which a file is too short to time.
const smallFile = 4 << 10

func measure(files []*file) []*result {
	all := make([]*result, len(files))
	for i, f := range files {
		all[i] = &result{file: f}
	}
	for range runs {
		for _, r := range all {
			r.run()
		}
	}
	return all
}

// run reads and checks the file once more.
func (r *result) run() {
	start := time.Now()
	loaded := reseal.Load(r.Name, r.data, reseal.Options{})
	found := loaded.Check().All
	if took := time.Since(start); r.time == 0 || took < r.time {
		r.time = took
	}
	r.form, r.found = loaded.Form.All, found
}

// perKB is the time that a KB of the file takes.
func (r *result) perKB() time.Duration {
	return time.Duration(float64(r.time) * 1024 / float64(len(r.data)))
}

// readErrors are the errors of the reader, but those of namespaces and names: a
// file with one of them was read, and does not say what its author meant.
func readErrors(form []*reseal.Diagnostic) []*reseal.Diagnostic {
	envelope := []string{rule.RootNotUnattend.ID, rule.UnattendNamespaceWrong.ID, rule.WcmNamespaceWrong.ID}
	return slices.DeleteFunc(errorsOf(form), func(d *reseal.Diagnostic) bool { return slices.Contains(envelope, d.Rule) })
}

func errorsOf(found []*reseal.Diagnostic) []*reseal.Diagnostic {
	var errors []*reseal.Diagnostic
	for _, d := range found {
		if d.Severity == reseal.Error {
			errors = append(errors, d)
		}
	}
	return errors
}
