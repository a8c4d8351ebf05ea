package main

import (
	"context"
	"errors"
	"io"
)

// interruptible reads from what may never yield a byte, such as a terminal
// where nobody types, and gives up when the program is asked to end. A read
// that was given up stays behind and holds its byte slice; the program ends.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

type readResult struct {
	n   int
	err error
}

func (i interruptible) Read(p []byte) (int, error) {
	own := make([]byte, len(p)) // p is the caller's again once Read has returned
	done := make(chan readResult, 1)
	go func() {
		n, err := i.r.Read(own)
		done <- readResult{n, err}
	}()
	select {
	case got := <-done:
		return copy(p, own[:got.n]), got.err
	case <-i.ctx.Done():
		return 0, errInterrupted
	}
}

// interruptedToo is the error of a command with the word that it was asked to
// end, unless the command has found its own words for that.
func interruptedToo(ctx context.Context, err error) error {
	switch {
	case errors.Is(err, errInterrupted):
		return errInterrupted
	case ctx.Err() != nil && codeOf(err) != exitInterrupted:
		return errors.Join(err, errInterrupted)
	}
	return err
}

// errInterrupted ends a command that a signal asked to end.
var errInterrupted = &exitError{exitInterrupted, errors.New("interrupted")}
