package image

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// Spot is a place for an answer file that is to be found without being named.
type Spot string

// The places that staging knows.
const (
	SpotSysprep Spot = "sysprep" // Windows\System32\Sysprep\Unattend.xml
	SpotPanther Spot = "panther" // Windows\Panther\Unattend\Unattend.xml
	SpotRoot    Spot = "root"    // Autounattend.xml in the root of the drive
)

// Spots returns the places in the order of the documentation.
func Spots() []Spot { return []Spot{SpotSysprep, SpotPanther, SpotRoot} }

// Staged is what staging did.
type Staged struct {
	Path   string // of the file on this system
	Kept   string // copy of what stood there; "" = nothing did
	Secret bool   // only its owner may open it
	Same   bool   // just this file was there already
}

// ErrUse is matched by the error for a use whose answer file has no place in
// an image or on media.
var ErrUse = errors.New("has no place in an image")

// SpotOf chooses the place by the use of an answer file. An image that is to
// boot into audit mode takes it from Panther\Unattend, any other from the
// folder of Sysprep.
//
// Source: windows-setup-automation-overview and
// boot-windows-to-audit-mode-or-oobe at
// learn.microsoft.com/windows-hardware/manufacture/desktop.
func SpotOf(use string, file *answer.File) (Spot, error) {
	switch use {
	case "sysprep":
		if fillsAudit(file) {
			return SpotPanther, nil
		}
		return SpotSysprep, nil
	case "media":
		return SpotRoot, nil
	case "offline":
		return "", fmt.Errorf("an answer file for offline servicing %w; give it to Dism /Apply-Unattend", ErrUse)
	case "":
		return "", fmt.Errorf("an answer file without a use %w; say --use sysprep or --use media", ErrUse)
	}
	return "", fmt.Errorf("an answer file for %s %w; that service is given the file itself", use, ErrUse)
}

func fillsAudit(file *answer.File) bool {
	for _, p := range file.Passes {
		if id, ok := p.ID(); ok && (id == schema.AuditSystem || id == schema.AuditUser) && len(p.Components) > 0 {
			return true
		}
	}
	return false
}

// Stage writes an answer file to its place in an image. What stands there is
// kept under a name with a number; a file that is just the same is left alone.
func (i *Image) Stage(at Spot, xml []byte, secret bool) (*Staged, error) {
	if at == SpotRoot && i.windows == "." {
		return nil, fmt.Errorf("%s is the folder of Windows alone; the root of its drive is not at hand", i.Path)
	}
	folder, name := i.spot(at)
	return i.drive.stage(folder, name, xml, secret)
}

// Place is the path on this system of a file that is staged there.
func (i *Image) Place(at Spot) string {
	folder, name := i.spot(at)
	return i.drive.here(path.Join(folder, name))
}

func (i *Image) spot(at Spot) (folder, name string) {
	switch at {
	case SpotPanther:
		return i.below(`Panther\Unattend`), "Unattend.xml"
	case SpotRoot:
		return ".", "Autounattend.xml"
	}
	return i.below(`System32\Sysprep`), "Unattend.xml"
}

// StageMedia writes an answer file to the root of installation media or of a
// removable drive.
func StageMedia(folder string, xml []byte, secret bool) (*Staged, error) {
	d, err := openDrive(folder)
	if err != nil {
		return nil, err
	}
	staged, err := d.stage(".", "Autounattend.xml", xml, secret)
	return staged, errors.Join(err, d.close())
}

func (d *drive) stage(folder, name string, xml []byte, secret bool) (*Staged, error) {
	real, err := d.makeFolder(folder)
	if err != nil {
		return nil, err
	}
	target := path.Join(real, name)
	if found, err := d.find(target); err == nil {
		target = found // keeps the spelling that is there
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	out := &Staged{Path: strings.TrimSuffix(slashes(d.path), "/") + "/" + target, Secret: secret}
	old, err := d.read(target, largestAnswer)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, err
	case bytes.Equal(old, xml) && !secret:
		out.Same = true
		return out, nil
	case !bytes.Equal(old, xml):
		kept, err := d.keep(target, old)
		if err != nil {
			return nil, err
		}
		if err := d.writeWhole(target, xml, secret); err != nil {
			return nil, errors.Join(err, d.root.Remove(kept))
		}
		out.Kept = strings.TrimSuffix(slashes(d.path), "/") + "/" + kept
		return out, nil
	}
	return out, d.writeWhole(target, xml, secret)
}
