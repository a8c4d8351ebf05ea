//go:build !windows

package image

import "errors"

// OpenRunning opens the Windows that this program runs on; here it runs on
// none.
func OpenRunning() (*Image, error) {
	return nil, errors.New("this is no Windows; name the folder of an image")
}
