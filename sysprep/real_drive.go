package sysprep

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"time"
)

// drive is one run of sysprep.exe: what it was before, what was seen while it
// went on, and how the waiting ended.
type drive struct {
	Real
	w       Windows
	command Command

	before, now imageStatus
	statusErr   error // the last reading of the image state failed
	log         *logFollower
	secrets     scrubber
	ran         []Provider // that were started
	logErr      error      // the last reading of the log failed
	process     Process
	foreign     []int // other processes of sysprep.exe, from before the start
	started     time.Time
	changed     time.Time  // when something last moved
	oldCache    cacheState // before the start
	cacheErr    error      // it could not be looked at
	cache       cacheState
	handed      bool // Windows has its copy of the answer file, and ours is gone

	code    uint32
	ended   bool // the process has ended, code is its exit code
	killed  bool
	killErr error
	stop    stopReason
}

// stopReason is why the waiting ended.
type stopReason uint8

const (
	stopEnded stopReason = iota // nothing goes on any more
	stopTimeout
	stopInterrupted
)

// wait looks again and again until nothing goes on any more, the time is over
// or the context ends. The end of the process alone is not the end: on some
// releases it was seen to go before the work was done.
func (d *drive) wait(ctx context.Context) {
	for {
		d.look()
		switch {
		case d.finished():
			d.stop = stopEnded
			return
		case d.Now().Sub(d.started) >= d.Timeout:
			d.stop = stopTimeout
			d.endUntouched()
			return
		}
		select {
		case <-ctx.Done():
			d.look()
			if !d.finished() {
				d.stop = stopInterrupted
				d.endUntouched()
			}
			return
		case <-d.After(d.Poll):
		}
	}
}

// look reads the image state, the log and the process once.
func (d *drive) look() {
	status, err := readStatus(d.w)
	d.statusErr = err
	moved := false
	if err == nil {
		moved = status != d.now
		d.now = status
	}
	grew, err := d.log.read()
	d.logErr = err
	if code, ended := d.process.Exit(); ended && !d.ended {
		d.code, d.ended, moved = code, true, true
	}
	if grew || moved {
		d.changed = d.Now()
	}
	d.handOver()
}

// tell passes a text on to who follows the run.
func (d *drive) tell(text string) {
	if d.Progress != nil {
		d.Progress(d.Now().Sub(d.started), text)
	}
}

// finished tells whether nothing goes on any more: the process and its like
// have ended, and the log is closed with a clear result, or nothing has moved
// for a while.
func (d *drive) finished() bool {
	if !d.ended {
		return false
	}
	if d.others() {
		return false
	}
	if d.log.scanner.Ended() && (d.log.failed() || d.resealed()) {
		return true
	}
	return d.Now().Sub(d.changed) >= d.Settle
}

// others tells whether another sysprep.exe goes on with the work. One that ran
// before ours does not: somebody has set the check on it aside.
func (d *drive) others() bool {
	ids, err := d.w.Instances()
	return err == nil && slices.ContainsFunc(ids, func(id int) bool { return !slices.Contains(d.foreign, id) })
}

// resealed tells whether the image has the state that the command aims at.
func (d *drive) resealed() bool {
	return d.statusErr == nil && d.now.image == ResealedState(d.command.Mode(), d.command.Generalize)
}

// touched tells whether Sysprep has begun to change the image, as far as
// registry and log tell. What cannot be read may say so, and counts as touched.
func (d *drive) touched() bool {
	return d.blind() || !d.now.unchanged(d.before) || d.now.cleanup != d.before.cleanup || d.log.scanner.Executing()
}

// blind tells that registry or log cannot be read any more.
func (d *drive) blind() bool { return d.statusErr != nil || d.logErr != nil }

// spoiled tells whether a failed run may have left the image half-way. What
// still runs may do so at any time.
func (d *drive) spoiled() bool {
	return !d.ended || d.blind() || !d.now.unchanged(d.before) || d.log.scanner.Generalizing()
}

// endUntouched ends a process that hangs before it has begun to change the
// image: nobody sees its dialog, and it would keep all later runs out. A
// process that has begun is left alone, because ending it spoils the image.
func (d *drive) endUntouched() {
	if d.ended || d.touched() {
		return
	}
	if d.killErr = d.process.Kill(); d.killErr == nil {
		d.killed = true
	}
	for range 10 {
		if d.look(); d.ended {
			return
		}
		<-d.After(d.Poll)
	}
}

// freshTag tells whether the file that Sysprep makes as its last step was
// made by this run.
func (d *drive) freshTag() (bool, error) {
	_, modified, err := d.w.Stat(d.tagPath())
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && !modified.Before(d.started.Truncate(time.Second)), err
}
