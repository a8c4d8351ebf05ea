package main

import (
	"errors"
	"fmt"
	"strings"
)

// The exit codes that scripts depend on.
const (
	exitDone        = 0
	exitFindings    = 1 // findings, a difference, input that is not understood, a limit, an unresolved secret
	exitUsage       = 2 // wrong usage or configuration
	exitFile        = 3 // could not open, read or write
	exitEngine      = 4 // the engine failed and nothing was changed
	exitSpoiled     = 5 // the engine failed and the image may be spoiled
	exitInterrupted = 130
)

// exitError is an error with its exit code. A nil err means that everything
// has been said.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

func usage(format string, args ...any) error {
	return &exitError{exitUsage, fmt.Errorf(format, args...)}
}

func fileError(err error) error { return &exitError{exitFile, err} }

// silent ends a command whose findings are printed already.
func silent(code int) error {
	if code == exitDone {
		return nil
	}
	return &exitError{code: code}
}

// codeOf finds the highest code in an error; an error without one is a
// mistake in the usage.
func codeOf(err error) int {
	if err == nil {
		return exitDone
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		code := exitDone
		for _, e := range joined.Unwrap() {
			code = max(code, codeOf(e))
		}
		return code
	}
	var exit *exitError
	if errors.As(err, &exit) {
		return exit.code
	}
	return exitUsage
}

// messageOf is the text of an error, "" where all has been told.
func messageOf(err error) string { return strings.Join(messagesOf(err), "\n") }

// messagesOf are the texts of an error, one for each of several; what has been
// told already has none.
func messagesOf(err error) []string {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var texts []string
		for _, e := range joined.Unwrap() {
			texts = append(texts, messagesOf(e)...)
		}
		return texts
	}
	if text := err.Error(); text != "" {
		return []string{text}
	}
	return nil
}
