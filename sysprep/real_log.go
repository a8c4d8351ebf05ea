package sysprep

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/sysprep/setuplog"
)

const (
	logChunk = 64 << 10 // bytes read at once
	logTail  = 256      // bytes kept to notice that the file was replaced
)

// logFollower reads what is added to setupact.log after it was made. Sysprep
// sometimes clears the file when a run begins and sometimes appends to it;
// both are followed.
type logFollower struct {
	files    Files
	path     string
	progress func(setuplog.Progress)
	offset   int64
	tail     []byte // the last bytes before offset
	scanner  *setuplog.Scanner
	whole    *setuplog.Run // the last run, once the log is read to its end
}

// followLog starts at the present end of the file, which need not exist. What
// the file begins with decides its encoding, also for what will be added.
func followLog(files Files, path string, progress func(setuplog.Progress)) (*logFollower, error) {
	f := &logFollower{files: files, path: path, progress: progress}
	f.restart()
	size, _, err := files.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	if err != nil {
		return f, err
	}
	mark := make([]byte, 2)
	if _, err := files.ReadAt(path, mark, 0); err != nil {
		return f, err
	}
	if bytes.Equal(mark, []byte{0xff, 0xfe}) || bytes.Equal(mark, []byte{0xfe, 0xff}) {
		_, _ = f.scanner.Write(mark)
	}
	f.tail = make([]byte, min(size, logTail))
	f.offset = size
	_, err = files.ReadAt(path, f.tail, size-int64(len(f.tail)))
	return f, err
}

// read takes in what was added, and tells whether anything was.
func (f *logFollower) read() (bool, error) {
	size, _, err := f.files.Stat(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		f.restart()
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if size < f.offset || !f.sameFile() {
		f.restart()
	}
	buf, grew := make([]byte, logChunk), false
	for {
		n, err := f.files.ReadAt(f.path, buf, f.offset)
		if n == 0 || err != nil {
			return grew, err
		}
		grew = true
		f.take(buf[:n])
	}
}

func (f *logFollower) restart() {
	f.offset, f.tail, f.scanner = 0, nil, setuplog.NewScanner(f.progress)
}

func (f *logFollower) sameFile() bool {
	now := make([]byte, len(f.tail))
	n, err := f.files.ReadAt(f.path, now, f.offset-int64(len(now)))
	return err == nil && bytes.Equal(now[:n], f.tail)
}

func (f *logFollower) take(chunk []byte) {
	f.offset += int64(len(chunk))
	f.tail = append(f.tail, chunk...)
	f.tail = bytes.Clone(f.tail[max(0, len(f.tail)-logTail):])
	_, _ = f.scanner.Write(chunk) // never fails
}

// finish takes a last line that has no line end. Nothing is read afterwards.
func (f *logFollower) finish() {
	f.whole = &setuplog.Run{Verdict: setuplog.Unknown}
	if log := f.scanner.Finish(); len(log.Runs) > 0 {
		f.whole = &log.Runs[len(log.Runs)-1]
	}
}

// run is the last run as far as the log has come. Of several runs in one file
// the last one counts.
func (f *logFollower) run() setuplog.Run {
	if f.whole != nil {
		return *f.whole
	}
	run, _ := f.scanner.Current()
	return run
}

// failed tells whether the log says that the run has failed.
func (f *logFollower) failed() bool {
	v := f.run().Verdict
	return v == setuplog.Failed || v == setuplog.Cancelled
}

// failure says in words what the log tells of the failure.
func (d *drive) failure() string {
	run := d.log.run()
	text := source.OneLine(run.Text)
	if text == "" && run.Verdict == setuplog.Cancelled {
		text = "the run was cancelled"
	}
	if run.Phase != "" {
		text = run.Phase + ": " + text
	}
	if run.Line > 0 {
		text += fmt.Sprintf(" (line %d of the log", run.Line)
		if run.Code != "" {
			text += ", " + run.Code
		}
		text += ")"
	}
	if run.Cause != "" {
		text += "; cause: " + run.Cause
	}
	return d.secrets.hide(text)
}

// follow passes on what the log tells while Sysprep runs, and remembers which
// providers were started behind the validation.
func (d *drive) follow(p setuplog.Progress) {
	text := p.Phase
	if p.Provider != "" {
		text = "  " + p.Provider
		if slices.Contains(Stages(), p.Phase) {
			d.ran = append(d.ran, Provider{Name: d.secrets.hide(source.OneLine(p.Provider)), Stage: p.Phase, Status: StatusOK})
		}
	}
	d.tell(d.secrets.hide(source.OneLine(text)))
}

// providers are those that the run started, with the one that it came to grief
// over.
func (d *drive) providers() []Provider {
	run := d.log.run()
	if n := len(d.ran); n > 0 && run.Verdict != setuplog.Success && d.ran[n-1].Name == run.Provider {
		d.ran[n-1].Status = StatusFailed
	}
	return d.ran
}
