package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"
)

// told runs a command in the present folder and returns its exit code with
// what it prints.
func told(args ...string) (code int, stdout, stderr string) {
	var out, err bytes.Buffer
	sh := &shell{stdin: strings.NewReader(""), stdout: &out, stderr: &err, env: func(string) (string, bool) { return "", false }, now: time.Now}
	code = sh.run(append([]string{"reseal"}, args...))
	return code, out.String(), err.String()
}

func TestLogsTellsWhatAFileIsInstead(t *testing.T) {
	t.Chdir(t.TempDir())
	cases := []struct{ name, text, want string }{
		{"a.log.gz", "\x1f\x8b\x08\x00rest", "compressed with gzip"},
		{"a.zip", "PK\x03\x04rest", "a ZIP archive"},
		{"a.cab", "MSCF\x00\x00", "a cabinet"},
		{"a.evtx", "ElfFile\x00", "an event log"},
		{"lfs.log", "version https://git-lfs.github.com/spec/v1\n", "a pointer of Git LFS"},
		{"drivers.log", "[03/04/2026 05:06.07.000] WudfCoInstaller: Configuring\n", "installers of drivers"},
		{"audio.log", "AudMig: Applying saved Audio settings\n", "installers of drivers"},
		{"prose.txt", "Sysprep failed, and I do not know why.\n", "no line in the form"},
		{"empty.log", "", "is empty"},
		{"blank.log", "\n\n\r\n", "no line in the form"},
	}
	for _, c := range cases {
		if err := os.WriteFile(c.name, []byte(c.text), 0o644); err != nil {
			t.Fatal(err)
		}
		if code, out, got := told("logs", c.name); code != exitFindings || out != "" || !strings.HasPrefix(got, "reseal: "+c.name+" ") || !strings.Contains(got, c.want) {
			t.Errorf("%s: exit %d, %q, %q", c.name, code, out, got)
		}
	}
	code, _, got := told("logs", "empty.log", "a.zip", "nowhere.log")
	if want := "reseal: empty.log is empty\nreseal: a.zip is a ZIP archive; unpack it first\nreseal: nowhere.log: no such file or directory\n"; code != exitFile || !strings.HasPrefix(got, want[:70]) || strings.Count(got, "reseal: ") != 3 || strings.Contains(got, "\n\n") {
		t.Errorf("exit %d, %q", code, got)
	}
}

func TestLogsReportsGoodFilesBesideBadOnes(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("failed.log", []byte(logBegin+logWork+logFailed+logEnd), 0o644); err != nil {
		t.Fatal(err)
	}
	code, out, got := told("logs", "failed.log", "nowhere.log")
	if code != exitFile || !strings.Contains(out, "failed in generalize") || strings.Count(got, "\n") != 1 {
		t.Errorf("exit %d, %q, %q", code, out, got)
	}
}

func TestFollowTellsThatEarlierRunsAreLeftOut(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("two.log", []byte(logBegin+logWork+logFailed+logEnd+logBegin+logWork+logTag+logEnd), 0o644); err != nil {
		t.Fatal(err)
	}
	code, out, _ := told("logs", "--follow", "--interval", "1ms", "two.log")
	if code != exitDone || !strings.Contains(out, "  the last run; 1 before it are left out\n  run, ") {
		t.Errorf("exit %d\n%s", code, out)
	}
}

func TestLogsWithAProfileThatCannotBeRead(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"failed.log": logBegin + logWork + logFailed + logEnd, "bad.yaml": "version: reseal/v1\ncomputer: x\n", "good.yaml": "version: reseal/v1\ncomputerName: '*'\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if code, out, got := told("logs", "--profile", "bad.yaml", "failed.log"); code != exitFindings || out != "" || !strings.Contains(got, "bad.yaml:2:1: error") {
		t.Errorf("exit %d, %q, %q", code, out, got)
	}
	if code, out, got := told("logs", "--profile", "good.yaml", "failed.log"); code != exitFindings || !strings.Contains(out, "profile: the log names no setting") {
		t.Errorf("exit %d, %q, %q", code, out, got)
	}
}

func TestExplainTellsWhatACodeProves(t *testing.T) {
	const alone, words, cut = "this code alone means:", "with the words of the line", "has cut another code down"
	cases := []struct {
		code     string
		has, not []string
	}{
		{"0x80220005", []string{alone, "F54"}, []string{words, cut}},
		{"0x80070005", []string{words, "F35", cut, "F13 The servicing stack did not answer (0x80080005)"}, []string{alone, "F50", "F54"}},
		{"0x3cf2", []string{words, "F01"}, []string{alone, cut}},
		{"-1073425657", []string{"0xC004D307", "F19"}, []string{"F20"}},
		{"1058", []string{"0x80070422", "F09"}, []string{alone, cut}},
		{"0x12345678", []string{"no error code"}, []string{"in a log"}},
	}
	for _, c := range cases {
		code, out, _ := told("explain", "--", c.code)
		for _, text := range c.has {
			if !strings.Contains(out, text) {
				t.Errorf("%s: %q is missing in\n%s", c.code, text, out)
			}
		}
		for _, text := range c.not {
			if strings.Contains(out, text) {
				t.Errorf("%s: %q stands in\n%s", c.code, text, out)
			}
		}
		if code != exitDone {
			t.Errorf("%s: exit %d", c.code, code)
		}
	}
}
