package sysprep

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"
)

// cacheState is what the folder shows of Windows' own copy of an answer file;
// the zero value stands for none.
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

// cached tells whether Windows has copied our answer file: its copy is not the
// one from before the start, and has not moved since the last look. Its time
// alone does not tell, because a copy may keep that of what it was made from.
func (d *drive) cached() bool {
	now, err := d.cacheNow()
	same := err == nil && d.cacheErr == nil && now == d.cache && now != d.oldCache && now.size > 0
	d.cache = now
	return same
}

func (d *drive) cacheNow() (cacheState, error) {
	size, modified, err := d.w.Stat(d.cachePath())
	if errors.Is(err, fs.ErrNotExist) {
		return cacheState{}, nil
	}
	return cacheState{size, modified}, err
}

// cachePath is where Windows keeps the answer file that it has taken.
// Source: learn.microsoft.com/windows-hardware/manufacture/desktop/windows-setup-automation-overview.
func (d *drive) cachePath() string {
	return strings.TrimSuffix(d.folder(), `\System32\Sysprep`) + `\Panther\unattend.xml`
}

// removeTries is how often the removal is tried: a scanner for viruses or the
// end of sysprep.exe may hold the file for a moment.
const removeTries = 3

// removeAnswer takes the secrets away again, at the latest when the run ends.
func (d *drive) removeAnswer(rec *Record) {
	path := d.command.Unattend
	for try := 1; ; try++ {
		err := d.w.Remove(path)
		if err == nil || errors.Is(err, fs.ErrNotExist) {
			return
		}
		if try == removeTries {
			rec.Note(fmt.Sprintf("%s could not be removed and holds the secrets of the answer file: %v", path, err))
			return
		}
		<-d.After(d.Poll)
	}
}
