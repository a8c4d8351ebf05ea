package sysprep

import (
	"errors"
	"fmt"
	"strings"
)

// Keys and values below HKEY_LOCAL_MACHINE that tell how far an image is.
// Source: learn.microsoft.com/windows-hardware/manufacture/desktop/windows-setup-states
// for ImageState; seen in registries of Windows installations for the others.
const (
	keyImageState    = `SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State`
	keySysprepStatus = `SYSTEM\Setup\Status\SysprepStatus`
	keySetup         = `SYSTEM\Setup`
)

// imageStatus is what the registry says of the image at one moment. A number
// that is absent is -1.
type imageStatus struct {
	image          string // IMAGE_STATE_…, "" = absent
	generalization int64  // 3 started and not finished, 4 generalized, 7 normal
	cleanup        int64  // 2 normal
	setupType      int64  // 2 armed: the next boot runs setupCommand
	setupCommand   string
}

// readStatus reads all five values, and joins the errors of those that could
// not be read.
func readStatus(r Registry) (imageStatus, error) {
	var s imageStatus
	var errs []error
	text := func(to *string, key, name string) {
		value, _, err := r.ReadString(key, name)
		*to = strings.TrimSpace(value)
		errs = append(errs, readError(key, name, err))
	}
	number := func(to *int64, key, name string) {
		value, ok, err := r.ReadNumber(key, name)
		*to = -1
		if ok && err == nil {
			*to = int64(value)
		}
		errs = append(errs, readError(key, name, err))
	}
	text(&s.image, keyImageState, "ImageState")
	number(&s.generalization, keySysprepStatus, "GeneralizationState")
	number(&s.cleanup, keySysprepStatus, "CleanupState")
	number(&s.setupType, keySetup, "SetupType")
	text(&s.setupCommand, keySetup, "CmdLine")
	return s, errors.Join(errs...)
}

func readError(key, name string, err error) error {
	if err == nil {
		return nil
	}
	if name == "" {
		return fmt.Errorf(`cannot read HKEY_LOCAL_MACHINE\%s: %w`, key, err)
	}
	return fmt.Errorf(`cannot read HKEY_LOCAL_MACHINE\%s, value %s: %w`, key, name, err)
}

// unchanged tells whether image and generalization state are as before: the
// line between a failed run that left the image alone and one that may have
// spoiled it.
func (s imageStatus) unchanged(before imageStatus) bool {
	return strings.EqualFold(s.image, before.image) && s.generalization == before.generalization
}

// armed tells whether the next boot continues Setup.
func (s imageStatus) armed() bool {
	return s.setupType == 2 && strings.Contains(strings.ToLower(s.setupCommand), "windeploy")
}

// shown is the image state for a person.
func (s imageStatus) shown() string {
	if s.image == "" {
		return "no image state"
	}
	return s.image
}
