package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reseal/reseal"
)

func TestSecretsOfFilesAreTheTextThatAPersonMeans(t *testing.T) {
	for _, c := range []struct{ file, want, problem string }{
		{"hunter2", "hunter2", ""},
		{"hunter2\n", "hunter2", ""},
		{"hunter2\r\n", "hunter2", ""},
		{"\xef\xbb\xbfhunter2\r\n", "hunter2", ""},
		{" pässwörd \n", " pässwörd ", ""},
		{"two\nlines\n", "two\nlines", ""},
		{"", "", "is empty"},
		{"\n", "", "is empty"},
		{"\xef\xbb\xbf\r\n", "", "is empty"},
		{"\xff\xfeh\x00u\x00", "", "is UTF-16; save it as UTF-8"},
		{"\xfe\xff\x00h\x00u", "", "is UTF-16; save it as UTF-8"},
		{"h\xfcnter2", "", "is not UTF-8"},
		{"hunter2\x00", "", "holds a control character"},
		{"hunter\x7f2", "", "holds a control character"},
	} {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, "secret.txt"), []byte(c.file), 0o600); err != nil {
			t.Fatal(err)
		}
		read := (&shell{}).secretReader(filepath.Join(folder, "profile.yaml"))
		value, err := read(&reseal.Secret{Kind: "file", Name: "secret.txt"})
		checkSecret(t, c.file, value, err, c.want, c.problem)
	}
}

func TestSecretsOfTheEnvironmentMustHoldText(t *testing.T) {
	for _, c := range []struct {
		value         string
		set           bool
		want, problem string
	}{
		{"hunter2", true, "hunter2", ""},
		{"hunter2\n", true, "hunter2\n", ""},
		{"", true, "", "the environment variable PW is empty"},
		{"", false, "", "the environment variable PW is not set"},
		{"h\xfcnter2", true, "", "is not UTF-8"},
		{"\x1bhunter2", true, "", "holds a control character"},
	} {
		sh := &shell{env: func(string) (string, bool) { return c.value, c.set }}
		value, err := sh.secretReader("-")(&reseal.Secret{Kind: "env", Name: "PW"})
		checkSecret(t, c.value, value, err, c.want, c.problem)
	}
}

func checkSecret(t *testing.T, from, value string, err error, want, problem string) {
	t.Helper()
	switch {
	case problem == "" && (err != nil || value != want):
		t.Errorf("%q gives %q, %v; want %q", from, value, err, want)
	case problem != "" && (err == nil || !strings.Contains(err.Error(), problem)):
		t.Errorf("%q: %v; want %q", from, err, problem)
	case err != nil && strings.Contains(err.Error(), "unter"):
		t.Errorf("%q is shown: %v", from, err)
	}
}
