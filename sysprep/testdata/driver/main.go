//go:build windows

// Command driver runs the real engine of package sysprep from a command line,
// with short waits, so that tests under Wine can drive it as a program. It
// prints the record as JSON, then a line with the class of the result.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/sysprep"
)

func main() {
	mode := flag.String("mode", "oobe", "oobe or audit")
	generalize := flag.Bool("generalize", false, "with /generalize")
	then := flag.String("then", "quit", "shutdown, reboot or quit")
	timeout := flag.Duration("timeout", time.Minute, "for sysprep.exe")
	settle := flag.Duration("settle", 2*time.Second, "without movement")
	cancel := flag.Duration("cancel", 0, "interrupt after this time")
	skip := flag.String("skip", "", "IDs of checks, with commas")
	answers := flag.String("answer", "", "the answer file")
	preview := flag.Bool("preview", false, "only tell what would be done")
	flag.Parse()

	content, err := os.ReadFile(*answers)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(99)
	}
	w, err := sysprep.NativeWindows()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(99)
	}
	r := sysprep.Real{
		Invocation: schema.Invocation{Mode: *mode, Generalize: *generalize, Then: *then},
		Content:    content,
		Timeout:    *timeout,
		Poll:       50 * time.Millisecond,
		Settle:     *settle,
		Now:        time.Now,
		After:      time.After,
	}
	for id := range strings.SplitSeq(*skip, ",") {
		if id != "" {
			r.Skips = append(r.Skips, sysprep.Skip{ID: id, Reason: "asked for by the test"})
		}
	}
	if *preview {
		p, err := r.Preview(w)
		fmt.Printf("%s\n%s\n%s\n%v\n", p.Computer, p.ImageState, p.Command, err)
		return
	}
	ctx := context.Background()
	if *cancel > 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(ctx, *cancel)
		defer stop()
	}
	rec, err := r.Run(ctx, w)
	if rec != nil {
		doc, jsonErr := rec.JSON()
		fmt.Println(string(doc), jsonErr)
	}
	class, code := classOf(err)
	fmt.Printf("class: %s\nerror: %v\n", class, err)
	os.Exit(code)
}

// classOf maps the result as the command line of reseal does.
func classOf(err error) (string, int) {
	var f *sysprep.Failure
	switch {
	case err == nil:
		return "ok", 0
	case !errors.As(err, &f):
		return "file", 3
	case f.Interrupted && f.Spoiled:
		return "interrupted, spoiled", 130
	case f.Interrupted:
		return "interrupted", 130
	case f.Spoiled:
		return "spoiled", 5
	}
	return "unchanged", 4
}
