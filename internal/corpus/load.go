package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// file is one answer file with what the index tells of it.
type file struct {
	Name       string `json:"file"`
	SHA256     string `json:"sha256"`
	WellFormed bool   `json:"well_formed"`
	Template   bool   `json:"is_template"`

	path string
	data []byte
}

// id is how tables call the file: the start of its SHA-256, which tells nobody
// whose it is.
func (f *file) id() string { return f.SHA256[:12] }

// load reads the index of a folder and every file that it lists. A file whose
// bytes are not those of the index is an error.
func load(folder string) ([]*file, error) {
	text, err := os.ReadFile(filepath.Join(folder, "index.json"))
	if err != nil {
		return nil, err
	}
	var index struct{ Files []*file }
	if err := json.Unmarshal(text, &index); err != nil {
		return nil, fmt.Errorf("index.json: %w", err)
	}
	for _, f := range index.Files {
		f.path = filepath.Join(folder, "files", f.Name)
		if f.data, err = os.ReadFile(f.path); err != nil {
			return nil, err
		}
		if sum := sha256.Sum256(f.data); hex.EncodeToString(sum[:]) != f.SHA256 {
			return nil, fmt.Errorf("%s is not the file that index.json lists", f.path)
		}
	}
	return index.Files, nil
}
