package sysprep

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// secretAccess gives full access to administrators and SYSTEM, nothing to
// anyone else, and takes nothing over from the folder.
const secretAccess = "O:BAD:PAI(A;;FA;;;BA)(A;;FA;;;SY)"

// WriteSecret gives the file its access list as it is made, so that there is
// no moment in which others could open it. A file that a run left behind is
// removed first: an existing file would keep its own list.
func (n native) WriteSecret(path string, content []byte) error {
	if err := n.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	file, err := createSecret(n.reach(path))
	if err != nil {
		return &fs.PathError{Op: "create", Path: path, Err: err}
	}
	_, err = file.Write(content)
	err = errors.Join(err, file.Sync(), file.Close())
	if err != nil {
		return errors.Join(fmt.Errorf("cannot write %s: %w", path, err), n.Remove(path))
	}
	return nil
}

func createSecret(path string) (*os.File, error) {
	descriptor, err := windows.SecurityDescriptorFromString(secretAccess)
	if err != nil {
		return nil, err
	}
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	attributes := windows.SecurityAttributes{SecurityDescriptor: descriptor}
	attributes.Length = uint32(unsafe.Sizeof(attributes))
	handle, err := windows.CreateFile(name, windows.GENERIC_WRITE, 0, &attributes,
		windows.CREATE_NEW, windows.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(handle), path), nil
}

func (n native) Remove(path string) error { return os.Remove(n.reach(path)) }

func (n native) Stat(path string) (int64, time.Time, error) {
	info, err := os.Stat(n.reach(path))
	if err != nil {
		return 0, time.Time{}, err
	}
	return info.Size(), info.ModTime(), nil
}

// ReadAt opens the file so that Sysprep may still delete or replace it, which
// os.Open does not promise.
func (n native) ReadAt(path string, buf []byte, offset int64) (int, error) {
	name, err := windows.UTF16PtrFromString(n.reach(path))
	if err != nil {
		return 0, err
	}
	const share = windows.FILE_SHARE_READ | windows.FILE_SHARE_WRITE | windows.FILE_SHARE_DELETE
	handle, err := windows.CreateFile(name, windows.GENERIC_READ, share, nil,
		windows.OPEN_EXISTING, windows.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		return 0, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	file := os.NewFile(uintptr(handle), path)
	defer file.Close()
	read, err := file.ReadAt(buf, offset)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return read, err
}
