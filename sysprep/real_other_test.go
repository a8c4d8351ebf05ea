//go:build !windows

package sysprep

import (
	"errors"
	"testing"
)

func TestNativeWindowsNeedsWindows(t *testing.T) {
	if w, err := NativeWindows(); w != nil || !errors.Is(err, ErrNeedsWindows) {
		t.Errorf("%v, %v", w, err)
	}
}
