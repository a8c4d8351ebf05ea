package image

import (
	"bytes"
	"errors"
	"fmt"
	"path"

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

// Staging is an answer file that is to be put into an image.
type Staging struct {
	XML    []byte
	Secret bool // only its owner may open it
	DryRun bool // write nothing
}

// Staged is what staging did, or would do.
type Staged struct {
	Path    string // of the file on this system
	Kept    string // copy of what stood there; "" = nothing did
	Same    bool   // just this file was there already
	Exposed bool   // it has secrets, and this file system keeps no permissions
	Staging
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
// kept under a name with a number, for its owner alone; a file that is just
// the same is left alone. When it fails, everything is as it was.
func (i *Image) Stage(at Spot, s Staging) (*Staged, error) {
	if at == SpotRoot && i.windows == "." {
		return nil, fmt.Errorf("%s is the folder of Windows alone; the root of its drive is not at hand", i.Path)
	}
	folder, name := i.spot(at)
	return i.drive.stage(folder, name, s)
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
func StageMedia(folder string, s Staging) (*Staged, error) {
	d, err := openDrive(folder)
	if err != nil {
		return nil, err
	}
	staged, err := d.stage(".", "Autounattend.xml", s)
	return staged, errors.Join(err, d.close())
}

func (d *drive) stage(folder, name string, s Staging) (*Staged, error) {
	target, old, err := d.target(path.Join(folder, name))
	if err != nil {
		return nil, err
	}
	out := &Staged{Staging: s, Path: d.here(target)}
	out.Same = old != nil && bytes.Equal(old, s.XML)
	kept := ""
	if old != nil && !out.Same {
		if kept, err = d.spare(target); err != nil {
			return nil, err
		}
		out.Kept = d.here(kept)
	}
	if s.DryRun || out.Same && !s.Secret {
		return out, nil // the same with a secret gets its permissions
	}
	if err := d.replace(target, kept, old, s); err != nil {
		return nil, err
	}
	out.Exposed = s.Secret && d.exposed(target)
	return out, nil
}

// target finds the file that is to be written, with the spelling that is there,
// and what stands in it; nil when there is none.
func (d *drive) target(name string) (real string, old []byte, err error) {
	real, found, err := d.nearest(name)
	if err != nil || !found {
		return real, nil, err
	}
	old, err = d.read(real, largestAnswer)
	if old == nil {
		old = []byte{} // an empty file is one
	}
	return real, old, err
}

// replace keeps what is there, and takes back what it has done when a step
// fails.
func (d *drive) replace(target, kept string, old []byte, s Staging) error {
	folder, made, err := d.makeFolder(path.Dir(target))
	if err != nil {
		d.unmake(made)
		return err
	}
	if kept != "" {
		if err := d.writeWhole(kept, old, true); err != nil {
			return err
		}
	}
	err = d.writeWhole(path.Join(folder, path.Base(target)), s.XML, s.Secret)
	if err != nil {
		d.unmake(made)
		if kept != "" {
			err = errors.Join(err, d.root.Remove(kept))
		}
	}
	return err
}
