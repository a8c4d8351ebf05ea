package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/report"
	"github.com/reseal/reseal/sysprep/setuplog"
)

func (sh *shell) logsCommand() *cli.Command {
	return &cli.Command{
		Name:      "logs",
		Usage:     "tell how Sysprep and Setup ended, and why",
		ArgsUsage: "PATH...",
		Description: "PATH is a log (setupact.log, setuperr.log), a Panther folder, a Windows folder or the root of a system drive. " +
			"- is standard input. Each run of Sysprep is reported with its verdict and the first real failure.",
		Flags: []cli.Flag{
			formatFlag([]string{"text", "json"}),
			&cli.StringFlag{Name: "profile", Usage: "lead back to the line of this profile or answer `FILE` that sets what the log names"},
			&cli.BoolFlag{Name: "follow", Aliases: []string{"f"}, Usage: "go on reading while the log grows, until its run ends"},
			&cli.DurationFlag{Name: "interval", Value: time.Second, Usage: "how often --follow looks"},
			&cli.BoolFlag{Name: "where", Usage: "tell which log belongs to which pass"},
		},
		Action: sh.logs,
	}
}

func (sh *shell) logs(c *cli.Context) error {
	if c.Bool("where") {
		return sh.logsWhere(c)
	}
	if c.NArg() == 0 {
		return usage("logs needs a log or a folder; - is standard input")
	}
	if c.Bool("follow") {
		return sh.followLog(c)
	}
	profile, err := sh.logProfile(c)
	if err != nil {
		return err
	}
	all, problems := sh.readLogs(c.Args().Slice())
	if len(all) == 0 && len(problems) > 0 {
		return errors.Join(problems...)
	}
	if err := sh.showLogs(c, all, profile); err != nil {
		return err
	}
	return errors.Join(append(problems, silent(verdictOfLogs(all)))...)
}

// logFile is one log with what it tells.
type logFile struct {
	name  string // as diagnostics call it
	place *setuplog.Place
	log   setuplog.Log
}

// readLogs reads every log that the arguments name or hold.
func (sh *shell) readLogs(args []string) (all []logFile, problems []error) {
	for _, arg := range args {
		found, err := sh.readLogsOf(arg)
		if err != nil {
			problems = append(problems, err)
		}
		all = append(all, found...)
	}
	return all, problems
}

func (sh *shell) readLogsOf(arg string) ([]logFile, error) {
	if arg == "-" {
		return readLog(stdinName, nil, sh.stdin)
	}
	info, err := os.Stat(arg)
	if err != nil {
		return nil, fileError(plain(err))
	}
	if info.IsDir() {
		return readLogFolder(arg)
	}
	f, err := os.Open(arg)
	if err != nil {
		return nil, fileError(plain(err))
	}
	defer f.Close()
	return readLog(shown(arg), nil, f)
}

// readLog reads one log to its end, and refuses what is none at all.
func readLog(name string, place *setuplog.Place, r io.Reader) ([]logFile, error) {
	text := bufio.NewReader(r)
	head, _ := text.Peek(64) // the error, if there is one, comes again from Read
	kind := notALog(head)
	log, err := setuplog.Read(text)
	switch {
	case err != nil:
		if path := (*fs.PathError)(nil); errors.As(err, &path) {
			err = path.Err // the name stands before it
		}
		return nil, fileError(fmt.Errorf("%s: %w", name, err))
	case log.Known:
		return []logFile{{name: name, place: place, log: log}}, nil
	case log.Lines == 0:
		kind = "is empty"
	case kind == "":
		kind = "has no line in the form of Sysprep's or Setup's logs"
	}
	return nil, &exitError{exitFindings, fmt.Errorf("%s %s", name, kind)}
}

// notALog tells by the first bytes what a file is that people take for a log,
// or send instead of one; "" for anything else.
func notALog(head []byte) string {
	for _, magic := range []struct{ begin, is string }{
		{"\x1f\x8b", "is compressed with gzip; unpack it first"},
		{"PK\x03\x04", "is a ZIP archive; unpack it first"},
		{"MSCF", "is a cabinet; unpack it first"},
		{"7z\xbc\xaf\x27\x1c", "is a 7-Zip archive; unpack it first"},
		{"ElfFile\x00", "is an event log; Setup logs into setupact.log"},
		{"version https://git-lfs", "is a pointer of Git LFS, not the log itself"},
		{"AudMig:", driverLog}, {"dispci.dll:", driverLog},
	} {
		if bytes.HasPrefix(head, []byte(magic.begin)) {
			return magic.is
		}
	}
	if bytes.Contains(head, []byte(" WudfCoInstaller: ")) {
		return driverLog
	}
	return ""
}

const driverLog = "is what installers of drivers log; reseal logs --where tells where Sysprep and Setup do"

// readLogFolder reads the logs of a folder; links do not lead out of it.
func readLogFolder(folder string) ([]logFile, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fileError(plain(err))
	}
	defer root.Close()
	found, err := setuplog.Search(root.FS())
	if err != nil {
		return nil, fileError(plain(err))
	}
	if len(found) == 0 {
		return nil, fileError(fmt.Errorf("%s holds no log; reseal logs --where tells where Windows writes them", shown(folder)))
	}
	var all []logFile
	var problems []error
	for _, one := range found {
		name := path.Join(shown(folder), one.Name)
		f, err := root.Open(filepath.FromSlash(one.Name))
		if err != nil {
			problems = append(problems, fileError(fmt.Errorf("%s: %w", name, err)))
			continue
		}
		known, err := readLog(name, one.Place, f)
		f.Close()
		if err != nil {
			problems = append(problems, err)
		}
		all = append(all, known...)
	}
	return all, errors.Join(problems...)
}

// verdictOfLogs is the exit code: a log whose last run failed is a finding.
func verdictOfLogs(all []logFile) int {
	for _, f := range all {
		if n := len(f.log.Runs); n > 0 && f.log.Runs[n-1].Verdict == setuplog.Failed {
			return exitFindings
		}
	}
	return exitDone
}

// logProfile loads what --profile names, nil without it.
func (sh *shell) logProfile(c *cli.Context) (*reseal.Loaded, error) {
	name := c.String("profile")
	if name == "" {
		return nil, nil
	}
	text, err := sh.read(name)
	if err != nil {
		return nil, err
	}
	loaded := reseal.Load(shown(name), text, reseal.Options{})
	if len(loaded.Outputs) == 0 || loaded.Profile && loaded.Form.Has(diag.Error) { // no image was made with such a profile
		if err := writeReport(sh, loaded.Form); err != nil {
			return nil, err
		}
		return nil, silent(exitFindings)
	}
	return loaded, nil
}

// runOfLog is one run of a report.
type runOfLog struct {
	File string `json:"file"`
	setuplog.Run
	At string `json:"at,omitempty"` // place in the profile: "golden.yaml:12:9"
}

type logsJSON struct {
	Schema  string     `json:"schema"`
	Runs    []runOfLog `json:"runs"`
	Dropped int        `json:"earlierRuns,omitempty"` // of the files, beyond those that are kept
}

func (sh *shell) showLogs(c *cli.Context, all []logFile, profile *reseal.Loaded) error {
	doc := logsJSON{Schema: "reseal/logs/v1", Runs: []runOfLog{}}
	for _, f := range all {
		doc.Dropped += f.log.Dropped
		for _, r := range f.log.Runs {
			doc.Runs = append(doc.Runs, runOfLog{File: f.name, Run: r, At: placeInProfile(profile, r.Setting)})
		}
	}
	if c.String("format") == "json" {
		return written(report.WriteJSON(sh.stdout, doc))
	}
	_, err := fmt.Fprint(sh.stdout, tellLogs(all, doc, profile != nil))
	return written(err)
}

// placeInProfile finds where the profile sets what a log names, "" for
// nowhere.
func placeInProfile(profile *reseal.Loaded, s *setuplog.Setting) string {
	if profile == nil || s == nil {
		return ""
	}
	place, ok := profile.Locate(s.Pass, s.Component, s.Path, s.Key)
	if !ok {
		return ""
	}
	return fmt.Sprintf("%s:%d", place, place.Position().Column)
}
