package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/sysprep"
)

// searchMedia looks for answer files on the drives of a machine file whose
// content lies in a folder of this system; folder is where the machine file
// stands.
func searchMedia(m *reseal.Machine, folder string) error {
	for _, medium := range m.Media.Value {
		if medium.Root == "" {
			continue
		}
		root := filepath.FromSlash(medium.Root)
		if !filepath.IsAbs(root) {
			root = filepath.Join(folder, root)
		}
		if _, err := os.ReadDir(root); err != nil {
			return fileError(fmt.Errorf("%s: drive %s %w", m.Media.Span, medium.Drive, plain(err)))
		}
		files, err := sysprep.FindAnswerFiles(os.DirFS(root), medium)
		if err != nil {
			return fileError(err)
		}
		m.AnswerFiles = sysprep.GivenAs(append(m.AnswerFiles.Value, files...))
	}
	return nil
}
