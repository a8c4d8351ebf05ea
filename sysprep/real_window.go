package sysprep

import (
	"fmt"

	"github.com/reseal/reseal/sysprep/setuplog"
)

// closeWindows closes the Sysprep window that audit mode opens at every logon.
// A window behind which Sysprep has begun its work is left alone. What stays
// open is met by the check of running instances.
func (d *drive) closeWindows(rec *Record) {
	ids, err := d.w.Instances()
	if err != nil || len(ids) == 0 {
		return
	}
	for _, id := range ids {
		step := Step{Name: "close-gui", Status: StatusOK, Detail: fmt.Sprintf("the Sysprep window of process %d was closed", id)}
		switch forced, err := d.closeWindow(id); {
		case err != nil:
			step.Status, step.Detail = StatusWarning, err.Error()
		case forced:
			step.Detail = fmt.Sprintf("process %d of Sysprep has no window on this desktop and was ended", id)
		}
		rec.Phase(PhaseVerify).Add(step)
	}
}

func (d *drive) closeWindow(id int) (forced bool, err error) {
	status, err := readStatus(d.w)
	if err != nil {
		return false, err
	}
	log := &logFollower{files: d.w, path: d.logPath(), scanner: setuplog.NewScanner(nil)}
	if _, err := log.read(); err != nil {
		return false, fmt.Errorf("cannot read the log of Sysprep: %w", err)
	}
	if status.generalization == generalizeStarted || log.scanner.Executing() && !log.scanner.Ended() {
		return false, fmt.Errorf("process %d of Sysprep has begun to change the image and is left alone", id)
	}
	return d.w.CloseWindow(id)
}
