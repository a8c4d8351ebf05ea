package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// programs builds reseal and the empty program that links the same libraries.
func programs(b *testing.B) (reseal, empty string) {
	b.Helper()
	folder := b.TempDir()
	reseal, empty = filepath.Join(folder, "reseal"), filepath.Join(folder, "empty")
	for program, pkg := range map[string]string{reseal: ".", empty: "./testdata/linked"} {
		cmd := exec.Command("go", "build", "-tags", "urfave_cli_no_docs", "-o", program, pkg)
		cmd.Stderr = os.Stderr
		if err := cmd.Run(); err != nil {
			b.Fatal(err)
		}
	}
	return reseal, empty
}

func execute(b *testing.B, program string, args ...string) {
	for b.Loop() {
		if err := exec.Command(program, args...).Run(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkProcess measures whole processes beside the baseline.
func BenchmarkProcess(b *testing.B) {
	reseal, empty := programs(b)
	profile := "../../templates/golden-image.yaml"
	b.Run("empty", func(b *testing.B) { execute(b, empty) })
	b.Run("version", func(b *testing.B) { execute(b, reseal, "version") })
	b.Run("validate", func(b *testing.B) { execute(b, reseal, "validate", profile) })
	b.Run("compile", func(b *testing.B) { execute(b, reseal, "compile", profile) })
}

// BenchmarkCommand measures the same work inside one process.
func BenchmarkCommand(b *testing.B) {
	for _, command := range []string{"validate", "compile"} {
		b.Run(command, func(b *testing.B) {
			sh := &shell{stdout: io.Discard, stderr: io.Discard, env: func(string) (string, bool) { return "", false }, now: time.Now}
			for b.Loop() {
				if code := sh.run([]string{"reseal", command, "../../templates/golden-image.yaml"}); code != 0 {
					b.Fatalf("exit %d", code)
				}
			}
		})
	}
}
