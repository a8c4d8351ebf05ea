package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// gitSide reads a file as it was in a revision of the repository that it lies
// in.
func gitSide(ctx context.Context, revision, path string) (side, error) {
	if path == "-" {
		return side{}, usage("--against needs a file of a repository, not standard input")
	}
	if revision == "" || strings.HasPrefix(revision, "-") {
		return side{}, usage("--against %q: that is no revision", revision)
	}
	program, err := exec.LookPath("git")
	if err != nil {
		return side{}, fileError(errors.New("--against needs git, and there is no program of that name"))
	}
	git := repository{ctx: ctx, program: program, folder: filepath.Dir(path)}
	if _, err := git.ask("rev-parse", "--git-dir"); err != nil {
		return side{}, usage("--against: %s is in no git repository (%v)", shown(path), err)
	}
	if _, err := git.ask("rev-parse", "--verify", "--quiet", revision+"^{tree}"); err != nil {
		return side{}, usage("--against %s: there is no such revision", revision)
	}
	object := revision + ":./" + filepath.Base(path)
	if _, err := git.ask("cat-file", "-e", object); err != nil {
		return side{}, fileError(fmt.Errorf("%s is not in the revision %s", shown(path), revision))
	}
	text, err := git.ask("cat-file", "blob", object)
	return side{revision + ":" + shown(path), text}, err
}

// repository asks git about the repository of a folder.
type repository struct {
	ctx             context.Context
	program, folder string
}

// ask runs git and returns what it prints, bounded as every file is. The error
// is git's own first line.
func (r *repository) ask(args ...string) ([]byte, error) {
	cmd := exec.CommandContext(r.ctx, r.program, append([]string{"-C", r.folder}, args...)...)
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fileError(err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fileError(err)
	}
	text, broken := bounded(out)
	if broken != nil || len(text) >= maxInput {
		_ = cmd.Process.Kill() // it may wait for the rest to be read
		_ = cmd.Wait()
		return text, broken
	}
	if err := cmd.Wait(); err != nil {
		first, _, _ := strings.Cut(strings.TrimSpace(said.String()), "\n")
		return nil, fileError(fmt.Errorf("git %s: %w: %s", args[0], err, first))
	}
	return text, nil
}
