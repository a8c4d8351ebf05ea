package main

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/reseal/reseal"
)

// sniffLength is how much of a file decides whether a walk takes it.
const sniffLength = 64 << 10

// gather turns the paths of a command line into files. A named file is taken
// as it is; a folder is walked in order of names, links are not followed, and
// what neither is nor looks like a profile or an answer file is passed over.
func gather(args []string) (paths []string, problems []error) {
	seen := map[string]bool{}
	add := func(path string) {
		if !seen[path] {
			seen[path] = true
			paths = append(paths, path)
		}
	}
	for _, arg := range args {
		info, err := os.Stat(arg)
		if arg == "-" || err == nil && !info.IsDir() {
			add(arg)
			continue
		}
		if err != nil {
			problems = append(problems, fileError(plain(err)))
			continue
		}
		problems = append(problems, walk(arg, add)...)
	}
	return paths, problems
}

func walk(root string, add func(string)) (problems []error) {
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			problems = append(problems, fileError(plain(err)))
			return nil
		}
		if entry.IsDir() {
			if path != root && (entry.Name() == ".git" || entry.Name() == "node_modules") {
				return filepath.SkipDir
			}
			return nil
		}
		if entry.Type().IsRegular() && wanted(path) {
			add(path)
		}
		return nil
	})
	if err != nil {
		problems = append(problems, fileError(plain(err)))
	}
	return problems
}

// wanted tells whether a walk takes a file: XML named like an answer file or
// with the root unattend, YAML with a version of ours.
func wanted(path string) bool {
	name := strings.ToLower(filepath.Base(path))
	switch filepath.Ext(name) {
	case ".xml":
		return strings.Contains(name, "unattend") || hasUnattendRoot(head(path))
	case ".yaml", ".yml":
		return hasVersion(head(path))
	}
	return false
}

func head(path string) []byte {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, sniffLength))
	if err != nil {
		return nil
	}
	return bytes.ReplaceAll(text, []byte{0}, nil) // UTF-16 of ASCII becomes ASCII
}

func hasUnattendRoot(text []byte) bool {
	if !reseal.IsXML(text) {
		return false
	}
	for at := bytes.IndexByte(text, '<'); at >= 0 && at+1 < len(text); {
		rest := text[at:]
		var end int
		switch {
		case bytes.HasPrefix(rest, []byte("<!--")):
			end = bytes.Index(rest, []byte("-->"))
		case rest[1] == '?' || rest[1] == '!':
			end = bytes.IndexByte(rest, '>')
		default:
			name, _, _ := bytes.Cut(rest[1:], []byte(">"))
			name, _, _ = bytes.Cut(bytes.ReplaceAll(name, []byte("\n"), []byte(" ")), []byte(" "))
			return bytes.EqualFold(name[bytes.IndexByte(name, ':')+1:], []byte("unattend"))
		}
		next := -1
		if end >= 0 {
			next = bytes.IndexByte(rest[end:], '<')
		}
		if next < 0 {
			return false
		}
		at += end + next
	}
	return false
}

func hasVersion(text []byte) bool {
	for line := range bytes.Lines(text) {
		value, ok := bytes.CutPrefix(line, []byte("version:"))
		if ok && bytes.HasPrefix(bytes.Trim(value, " \t'\""), []byte("reseal/")) {
			return true
		}
	}
	return false
}
