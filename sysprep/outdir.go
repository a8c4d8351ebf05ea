package sysprep

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/reseal/reseal/internal/wholefile"
)

// Names of the files that a run leaves in its output folder.
const (
	OutAnswer   = "unattend.xml"
	OutSetupAct = "setupact.log"
	OutSetupErr = "setuperr.log"
	OutRecord   = "record.json"
)

const outLock = ".lock"

// ErrBusy tells that another run holds the output folder.
var ErrBusy = errors.New("another run of reseal is using this folder")

// OutDir is the output folder of a run, held by one run at a time. The lock
// belongs to the process, so that a run which was killed leaves none behind.
type OutDir struct {
	path string
	lock *os.File
}

// OutFile is one file for the output folder. A secret one is for its owner
// alone.
type OutFile struct {
	Name   string
	Data   []byte
	Secret bool
}

// OpenOutDir makes the folder when it is missing, for its owner alone and
// hidden from git, and locks it. A folder that is there keeps its permissions,
// and gets no .gitignore when it holds other things.
func OpenOutDir(path string) (*OutDir, error) {
	fresh, err := makeFolder(path)
	if err != nil {
		return nil, err
	}
	lock, err := os.OpenFile(filepath.Join(path, outLock), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := lockFile(lock); err != nil {
		lock.Close()
		if errors.Is(err, ErrBusy) {
			return nil, fmt.Errorf("%s: %w", path, ErrBusy)
		}
		return nil, &fs.PathError{Op: "lock", Path: path, Err: err}
	}
	d := &OutDir{path: path, lock: lock}
	if fresh {
		if err := wholefile.Write(d.name(".gitignore"), []byte("*\n"), 0o644); err != nil {
			d.Close()
			return nil, err
		}
	}
	return d, nil
}

// makeFolder reports whether the folder is new or empty.
func makeFolder(path string) (fresh bool, err error) {
	entries, err := os.ReadDir(path)
	switch {
	case err == nil:
		return len(entries) == 0, nil
	case !errors.Is(err, fs.ErrNotExist):
		return false, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return false, err
	}
	return true, os.Mkdir(path, 0o700)
}

func (d *OutDir) name(file string) string { return filepath.Join(d.path, file) }

// Write puts all files into the folder or, as far as the system allows, none:
// everything is on the disk under other names before the first old file is
// replaced. The error names the file.
func (d *OutDir) Write(files ...OutFile) error {
	var staged []string
	defer func() {
		for _, name := range staged {
			os.Remove(name) // gone already when all went well
		}
	}()
	for _, f := range files {
		if f.Name != filepath.Base(f.Name) || !filepath.IsLocal(f.Name) {
			return &fs.PathError{Op: "write", Path: f.Name, Err: errors.New("is no plain file name")}
		}
		if info, err := os.Lstat(d.name(f.Name)); err == nil && info.IsDir() {
			return &fs.PathError{Op: "write", Path: d.name(f.Name), Err: errors.New("is a folder")}
		}
		mode := fs.FileMode(0o644)
		if f.Secret {
			mode = 0o600
		}
		stage := d.name(".new." + f.Name)
		if err := wholefile.Write(stage, f.Data, mode); err != nil {
			return wholefile.Named(d.name(f.Name), err)
		}
		staged = append(staged, stage)
	}
	for i, f := range files {
		if err := os.Rename(staged[i], d.name(f.Name)); err != nil {
			return wholefile.Named(d.name(f.Name), err)
		}
	}
	return nil
}

// Close gives the folder free.
func (d *OutDir) Close() error { return d.lock.Close() }

// Files are the output files of a rehearsal. answer is the answer file with
// placeholders for its secrets; holdsSecrets tells that some were typed into
// the profile and stand in it nevertheless.
func (r *Rehearsed) Files(answer []byte, holdsSecrets bool) ([]OutFile, error) {
	record, err := r.Record.JSON()
	if err != nil {
		return nil, err
	}
	return []OutFile{
		{Name: OutAnswer, Data: answer, Secret: holdsSecrets},
		{Name: OutSetupAct, Data: r.SetupAct},
		{Name: OutSetupErr, Data: r.SetupErr},
		{Name: OutRecord, Data: record},
	}, nil
}
