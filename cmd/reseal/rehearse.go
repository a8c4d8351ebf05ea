package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/sysprep"
)

// rehearse plays the run and leaves its files in the log folder: the answer
// file with placeholders for secrets, the two logs and the record.
func (sh *shell) rehearse(c *cli.Context, j *job) error {
	folder := c.String("log-dir")
	if name := filepath.Join(folder, sysprep.OutAnswer); !c.Bool("dry-run") && sameFile(j.path, name) {
		return usage("the run would replace %s; name another folder with --log-dir", shown(name))
	}
	done, err := sh.play(c, j)
	if err != nil {
		return err
	}
	if !c.Bool("dry-run") {
		outputs, refused, err := j.loaded.Compile(nil)
		if err != nil {
			return err
		}
		if refused.Has(diag.Error) {
			return errors.Join(sh.tell(j.session, refused, false), silent(exitFindings))
		}
		files, err := done.Files(outputs[0].XML, outputs[0].Sensitive)
		if err != nil {
			return err
		}
		if err := leave(folder, files...); err != nil {
			return err
		}
		if outputs[0].Sensitive {
			if err := sh.tellExposed(filepath.Join(folder, sysprep.OutAnswer)); err != nil {
				return err
			}
		}
	}
	if err := sh.show(j, done.Record, (*reseal.Record).Story); err != nil {
		return err
	}
	if !c.Bool("dry-run") && j.session.format.Name == "text" && !j.session.style.Quiet {
		if _, err := fmt.Fprintf(sh.stdout, "files: %s\n", shown(folder)); err != nil {
			return fileError(err)
		}
	}
	return silent(verdictOf(done.Record))
}

// leave writes the files of a run; a folder serves one run at a time.
func leave(folder string, files ...sysprep.OutFile) (err error) {
	out, err := sysprep.OpenOutDir(folder)
	if err == nil {
		err = errors.Join(out.Write(files...), out.Close())
	}
	if err != nil {
		return fileError(plain(err))
	}
	return nil
}
