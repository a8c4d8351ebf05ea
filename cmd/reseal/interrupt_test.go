package main

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/reseal/reseal/sysprep"
)

func TestAnInterruptEndsAReadThatYieldsNothing(t *testing.T) {
	never, writer := io.Pipe()
	defer writer.Close()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	n, err := interruptible{ctx, never}.Read(make([]byte, 8))
	if n != 0 || !errors.Is(err, errInterrupted) {
		t.Errorf("Read() = %d, %v", n, err)
	}
}

func TestReadsThatAreNotInterruptedPassEverything(t *testing.T) {
	text := strings.Repeat("version: reseal/v1\n", 10000)
	got, err := io.ReadAll(interruptible{t.Context(), strings.NewReader(text)})
	if err != nil || string(got) != text {
		t.Errorf("%d of %d bytes, %v", len(got), len(text), err)
	}
}

// TestTheEngineHasItsOwnWordsForAnInterrupt: what became of the image must not
// be followed by a bare "interrupted".
func TestTheEngineHasItsOwnWordsForAnInterrupt(t *testing.T) {
	ended, stop := context.WithCancel(t.Context())
	stop()
	const words = "the run was interrupted; sysprep.exe was left alone"
	engine := errors.Join(engineError(&sysprep.Failure{Reason: words, Spoiled: true, Interrupted: true}), nil)
	for _, c := range []struct {
		ctx  context.Context
		err  error
		code int
		want string
	}{
		{ended, engine, exitInterrupted, "reseal: " + words + "\n"},
		{ended, nil, exitInterrupted, "reseal: interrupted\n"},
		{ended, usage("no such file"), exitInterrupted, "reseal: no such file\nreseal: interrupted\n"},
		{t.Context(), usage("no such file"), exitUsage, "reseal: no such file\n"},
		{t.Context(), nil, exitDone, ""},
	} {
		var errs strings.Builder
		sh := &shell{stderr: &errs}
		if code := sh.finish(interruptedToo(c.ctx, c.err)); code != c.code || errs.String() != c.want {
			t.Errorf("%v: exit %d, %q, want %d and %q", c.err, code, errs.String(), c.code, c.want)
		}
	}
}

// Whatever reads standard input, the exit code is that of an interrupt and
// the message is one word.
func TestCommandsThatWaitForInputEndWhenInterrupted(t *testing.T) {
	for _, args := range [][]string{{"validate", "-"}, {"run", "-"}, {"compile", "-"}, {"plan", "-"}} {
		never, writer := io.Pipe()
		ctx, stop := context.WithCancel(t.Context())
		stop()
		var out, errs strings.Builder
		sh := &shell{
			stdin: never, stdout: &out, stderr: &errs,
			env: func(string) (string, bool) { return "", false },
		}
		code := sh.runUntil(ctx, append([]string{"reseal"}, args...))
		writer.Close()
		if code != exitInterrupted || errs.String() != "reseal: interrupted\n" || out.Len() > 0 {
			t.Errorf("%v: exit %d, stdout %q, stderr %q", args, code, out.String(), errs.String())
		}
	}
}
