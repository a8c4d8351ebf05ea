// Package image looks into Windows images: a folder that holds the files of a
// Windows that is not running, the metadata of WIM and ESD files, and, on
// Windows, the one that runs. It tells what an image is and in which state,
// gathers the facts that pre-checks need, and writes and removes answer files
// in it.
package image

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// ErrNoWindows is matched by the error for a folder that holds no Windows.
var ErrNoWindows = errors.New(`no Windows: it holds neither Windows\System32\config nor System32\config`)

// Image is one installation of Windows. Close it after use.
type Image struct {
	Path string // as it was named; "" = this Windows

	registry Registry
	drive    *drive
	windows  string // folder of Windows below the drive: "Windows", "." when the drive is not at hand
	letter   string // drive letter that the image calls its own: "C:"
	running  bool   // this Windows
	close    func() error
}

// Open opens a folder: one that holds a folder Windows, or such a folder
// itself. The error of a folder that is neither matches ErrNoWindows.
func Open(folder string) (*Image, error) {
	d, windows, err := findWindows(folder)
	if err != nil {
		return nil, err
	}
	h := &hives{drive: d, folder: path.Join(windows, "System32/config"), open: map[string]*openedHive{}}
	i := &Image{Path: folder, drive: d, windows: windows, letter: "C:", registry: h}
	i.close = func() error { return errors.Join(h.close(), d.close()) }
	if root, ok, err := h.ReadString(keyVersion, "SystemRoot"); err == nil && ok && len(root) > 2 && root[1] == ':' {
		i.letter = strings.ToUpper(root[:2])
	}
	return i, nil
}

func findWindows(folder string) (*drive, string, error) {
	info, err := os.Stat(folder)
	if err != nil {
		return nil, "", err
	}
	if !info.IsDir() {
		return nil, "", &fs.PathError{Op: "open", Path: folder, Err: errors.New("it is no folder; a Windows image is one, or a .wim or .esd file")}
	}
	d, err := openDrive(folder)
	if err != nil {
		return nil, "", err
	}
	windows, err := d.windows()
	switch {
	case err != nil:
		return nil, "", errors.Join(err, d.close())
	case windows == "":
		return nil, "", errors.Join(fmt.Errorf("%s is %w%s", folder, ErrNoWindows, d.instead()), d.close())
	case windows == ".":
		return aboveWindows(d, folder)
	}
	return d, windows, nil
}

// windows finds the folder of Windows: "." when the drive is that folder
// itself, "" when there is none.
func (d *drive) windows() (string, error) {
	if err := d.readable(); err != nil {
		return "", err
	}
	if found, err := d.isFolder(`Windows\System32\config`); err != nil {
		return "", err
	} else if found {
		return d.find("Windows")
	}
	if found, err := d.isFolder(`System32\config`); err != nil || !found {
		return "", err
	}
	return ".", nil
}

// instead names what was meant by a folder that holds no Windows: the image
// file on installation media, or the Windows that the folder lies in, as
// Panther and config do.
func (d *drive) instead() string {
	for _, name := range []string{"install.wim", "install.esd", "install.swm"} {
		if real, err := d.find(`sources\` + name); err == nil {
			return "; it is installation media, with its images in " + d.here(real)
		}
	}
	folder, err := filepath.Abs(d.path)
	if err != nil {
		return ""
	}
	for range deepest {
		folder = filepath.Dir(folder)
		if isWindows(folder) {
			return "; the Windows that it lies in is " + filepath.ToSlash(folder)
		}
	}
	return ""
}

// deepest is how far below Windows people look: System32\Sysprep\Panther.
const deepest = 3

func isWindows(folder string) bool {
	d, err := openDrive(folder)
	if err != nil {
		return false
	}
	defer d.close()
	windows, err := d.windows()
	return err == nil && windows == "."
}

// readable tells why nothing can be seen in the folder.
func (d *drive) readable() error {
	f, err := d.root.Open(".")
	if err != nil {
		return err
	}
	_, err = f.ReadDir(1)
	if errors.Is(err, io.EOF) {
		err = nil // an empty folder
	}
	return errors.Join(err, f.Close())
}

// aboveWindows takes the folder above Windows for the drive, if the folder has
// that name. Any other one may lie anywhere, and what is above it is nobody's
// system drive.
func aboveWindows(d *drive, folder string) (*drive, string, error) {
	full, err := filepath.Abs(folder)
	if err != nil || !strings.EqualFold(filepath.Base(full), "Windows") {
		return d, ".", nil
	}
	above, err := openDrive(filepath.Dir(full))
	if err != nil {
		return d, ".", nil // no permission above: the folder alone will do
	}
	return above, filepath.Base(full), d.close()
}

// Close lets go of the files.
func (i *Image) Close() error { return i.close() }

// below is the path of a file in the folder of Windows, below the drive.
func (i *Image) below(name string) string { return path.Join(i.windows, slashes(name)) }

// local finds the file of this system that a path of the image names: a full
// path on its system drive, one with %SystemRoot% and the like, or a bare name
// below System32. ok is false for other drives and for shares.
func (i *Image) local(name string) (string, bool) {
	name = strings.Trim(strings.TrimSpace(name), `"`)
	for _, root := range []string{"%SystemRoot%", "%WINDIR%", `\SystemRoot`, "$(runtime.windows)", i.letter + `\Windows`} {
		if rest, ok := cutFold(name, root); ok && (rest == "" || rest[0] == '\\') {
			return i.below(rest), true
		}
	}
	if rest, ok := cutFold(name, "$(runtime.system32)"); ok {
		return i.below(`System32` + rest), true
	}
	if rest, ok := cutFold(name, "%SystemDrive%"); ok {
		name = i.letter + rest
	}
	switch {
	case !strings.ContainsAny(name, `\/:%`):
		return i.below(`System32\` + name), name != ""
	case len(name) > 2 && strings.EqualFold(name[:2], i.letter) && (name[2] == '\\' || name[2] == '/'):
		return slashes(name[3:]), i.windows != "."
	}
	return "", false
}

func cutFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// named is the path of a file below the drive as the image itself calls it:
// C:\Windows\Panther\unattend.xml.
func (i *Image) named(name string) string {
	name = slashes(name)
	if i.windows == "." {
		name = path.Join("Windows", name)
	} else if rest, ok := strings.CutPrefix(name, i.windows+"/"); ok {
		name = "Windows/" + rest
	}
	return i.letter + `\` + strings.ReplaceAll(name, "/", `\`)
}

func (i *Image) here(name string) string { return i.drive.here(name) }
