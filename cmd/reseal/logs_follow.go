package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal/sysprep/setuplog"
)

// settled is how many looks without anything new end the waiting for the
// closing lines of a run that has failed: Sysprep may wait behind a dialog.
const settled = 3

// follower reads a log while it grows. The file is opened for each look and
// closed again, so that Sysprep can clear or replace it.
type follower struct {
	path    string
	tell    func(setuplog.Progress)
	scanner *setuplog.Scanner
	offset  int64
	tail    []byte // the last bytes before offset, to notice another file
	gone    bool
}

// tailLength is how many bytes tell whether a file is still the same: a new
// one may have the number of the old one, and be longer than it was.
const tailLength = 256

func (f *follower) restart() {
	f.scanner, f.offset, f.tail, f.gone = setuplog.NewScanner(f.tell), 0, nil, false
}

// same tells whether the file still has what was read of it.
func (f *follower) same(file io.ReaderAt) bool {
	now := make([]byte, len(f.tail))
	n, _ := file.ReadAt(now, f.offset-int64(len(now)))
	return bytes.Equal(now[:n], f.tail)
}

// Write passes on what was read and keeps its end.
func (f *follower) Write(p []byte) (int, error) {
	f.offset += int64(len(p))
	f.tail = append(f.tail, p[max(0, len(p)-tailLength):]...)
	f.tail = append(f.tail[:0], f.tail[max(0, len(f.tail)-tailLength):]...)
	return f.scanner.Write(p)
}

// look reads what is new and tells whether anything was.
func (f *follower) look() (bool, error) {
	file, err := os.Open(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		f.gone = true
		return false, nil // it is still to come
	}
	if err != nil {
		return false, fileError(plain(err))
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return false, fileError(plain(err))
	}
	if info.IsDir() {
		return false, fileError(fmt.Errorf("%s is a folder, not a file", f.path))
	}
	if f.offset > 0 && (f.gone || !f.same(file)) {
		f.restart()
	}
	f.gone = false
	n, err := io.Copy(f, io.NewSectionReader(file, f.offset, 1<<62))
	if err != nil {
		return n > 0, fileError(plain(err))
	}
	return n > 0, nil
}

// wait looks until the last run of the log has ended, or ctx is over.
func (f *follower) wait(ctx context.Context, interval time.Duration) error {
	quiet := 0
	for {
		grew, err := f.look()
		if err != nil {
			return err
		}
		if quiet++; grew {
			quiet = 0
		}
		run, ok := f.scanner.Current()
		if ok && (f.scanner.Ended() || run.Verdict == setuplog.Cancelled || run.Verdict == setuplog.Failed && quiet >= settled) {
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(interval):
		}
	}
}

// followLog reads one log until its run ends, telling of phases and providers
// on the way, and then reports it.
func (sh *shell) followLog(c *cli.Context) error {
	interval := c.Duration("interval")
	if interval <= 0 {
		return usage("--interval %s: it must be more than nothing", interval)
	}
	arg, err := oneInput(c, "a log")
	if err != nil {
		return err
	}
	if arg == "-" {
		return usage("--follow needs a file; standard input is read to its end without it")
	}
	name, err := logToFollow(arg)
	if err != nil {
		return err
	}
	profile, err := sh.logProfile(c)
	if err != nil {
		return err
	}
	f := &follower{path: name}
	if c.String("format") == "text" {
		f.tell = sh.tellProgress
	}
	f.restart()
	if err := f.wait(c.Context, interval); err != nil {
		return err
	}
	log := f.scanner.Finish()
	if n := len(log.Runs); n > 1 {
		log.Dropped += n - 1
		log.Runs = log.Runs[n-1:]
	}
	all := []logFile{{name: shown(name), log: log}}
	if err := sh.showLogs(c, all, profile); err != nil {
		return err
	}
	if c.Context.Err() != nil {
		return nil // the shell tells that it was interrupted
	}
	return silent(verdictOfLogs(all))
}

// logToFollow finds the log of a folder: the one that is there, or the one
// that Sysprep will make.
func logToFollow(arg string) (string, error) {
	info, err := os.Stat(arg)
	if err == nil && !info.IsDir() {
		return arg, nil
	}
	if err != nil {
		if _, above := os.Stat(filepath.Dir(arg)); errors.Is(err, fs.ErrNotExist) && above == nil {
			return arg, nil
		}
		return "", fileError(plain(err))
	}
	root, err := os.OpenRoot(arg)
	if err != nil {
		return "", fileError(plain(err))
	}
	defer root.Close()
	found, err := setuplog.Search(root.FS())
	if err != nil {
		return "", fileError(plain(err))
	}
	switch len(found) {
	case 0:
		return filepath.Join(arg, setuplog.ActLog), nil
	case 1:
		return filepath.Join(arg, filepath.FromSlash(found[0].Name)), nil
	}
	return "", usage("%s holds %d logs; name the one to follow, such as %s", shown(arg), len(found), found[0].Name)
}

func (sh *shell) tellProgress(p setuplog.Progress) {
	if p.Provider != "" {
		fmt.Fprintf(sh.stderr, "%d: %s: %s\n", p.Line, p.Phase, setuplog.Scrub(p.Provider))
		return
	}
	fmt.Fprintf(sh.stderr, "%d: %s\n", p.Line, p.Phase)
}
