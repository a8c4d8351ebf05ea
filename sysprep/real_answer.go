package sysprep

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"
)

// cacheState is what the folder shows of Windows' own copy of an answer file.
type cacheState struct {
	size     int64
	modified time.Time
}

// handOver removes our answer file as soon as Windows has its own copy, so
// that a run which hangs or is cut off leaves no second one with the secrets.
func (d *drive) handOver() {
	if d.handed || !d.cached() {
		return
	}
	if err := d.w.Remove(d.command.Unattend); err == nil || errors.Is(err, fs.ErrNotExist) {
		d.handed = true
	}
}

// cached tells whether Windows has copied our answer file: its copy was written
// in this run and has not moved since the last look.
func (d *drive) cached() bool {
	size, modified, err := d.w.Stat(d.cachePath())
	if err != nil || size == 0 || modified.Before(d.started.Truncate(time.Second)) {
		return false
	}
	now := cacheState{size, modified}
	same := now == d.cache
	d.cache = now
	return same
}

// cachePath is where Windows keeps the answer file that it has taken.
// Source: learn.microsoft.com/windows-hardware/manufacture/desktop/windows-setup-automation-overview.
func (d *drive) cachePath() string {
	return strings.TrimSuffix(d.folder(), `\System32\Sysprep`) + `\Panther\unattend.xml`
}

// removeAnswer takes the secrets away again, at the latest when the run ends.
func (d *drive) removeAnswer(rec *Record) {
	path := d.command.Unattend
	if err := d.w.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		rec.Note(fmt.Sprintf("%s could not be removed and holds the secrets of the answer file: %v", path, err))
	}
}
