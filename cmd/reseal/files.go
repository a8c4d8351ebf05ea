package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/reseal/reseal/internal/wholefile"
	"github.com/reseal/reseal/internal/xmldoc"
)

// maxInput bounds what is read of one file. The readers refuse a text of this
// length with a diagnostic that names their limit.
const maxInput = xmldoc.MaxSize + 1

// stdinName is how diagnostics call standard input.
const stdinName = "<stdin>"

// read returns the text of a file, or of standard input for "-".
func (sh *shell) read(path string) ([]byte, error) {
	if path == "-" {
		return bounded(sh.stdin)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fileError(plain(err))
	}
	if info.IsDir() {
		return nil, fileError(fmt.Errorf("%s is a folder, not a file", path))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fileError(plain(err))
	}
	defer f.Close()
	return sized(f, info.Size())
}

// sized reads what is expected to have that many bytes in one go.
func sized(r io.Reader, size int64) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(int(min(size, maxInput)) + bytes.MinRead)
	if _, err := b.ReadFrom(io.LimitReader(r, maxInput)); err != nil {
		return nil, fileError(plain(err))
	}
	return b.Bytes(), nil
}

func bounded(r io.Reader) ([]byte, error) { return sized(r, 0) }

// plain turns the error of a file into words: "a.yaml: no such file or
// directory".
func plain(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		if path.Path == "" {
			return fmt.Errorf(`"" is no path`)
		}
		return fmt.Errorf("%s: %w", path.Path, path.Err)
	}
	return err
}

// shown is the name by which diagnostics call a path: slashes on every system.
func shown(path string) string {
	if path == "-" {
		return stdinName
	}
	return filepath.ToSlash(path)
}

// sameFile tells whether two names, "-" aside, lead to one file.
func sameFile(a, b string) bool {
	if a == "-" || b == "-" {
		return false
	}
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// beside puts a suffix before the extension: "a.xml" and "-arm64" give
// "a-arm64.xml".
func beside(path, suffix string) string {
	ext := filepath.Ext(path)
	return strings.TrimSuffix(path, ext) + suffix + ext
}

// writeText writes a file whole or not at all; one that holds secrets is for its
// owner alone, or is said not to be.
func (sh *shell) writeText(name string, text []byte, sensitive bool) error {
	mode := fs.FileMode(0o644)
	if sensitive {
		mode = 0o600
	}
	if err := wholefile.Write(name, text, mode); err != nil {
		return fileError(plain(err))
	}
	if sensitive {
		return sh.tellExposed(name)
	}
	return nil
}

// tellExposed says it of a file with secrets when others may read it all the
// same.
func (sh *shell) tellExposed(name string) error {
	info, err := os.Stat(name)
	if err != nil || !wholefile.Exposed(info) {
		return nil
	}
	_, err = fmt.Fprintf(sh.stderr, "note: %s holds secrets, and its file system keeps no permissions: whoever has it can read them\n", name)
	return written(err)
}
