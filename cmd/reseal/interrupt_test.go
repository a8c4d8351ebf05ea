package main

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
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
