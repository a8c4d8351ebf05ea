//go:build windows

// Command standin takes the place of sysprep.exe in the tests under Wine. It
// plays the text file play.txt beside it, line by line, so that a test decides
// what the engine meets at the boundary of the process. With a file as its one
// argument it plays that file instead: tests set the scene so.
//
//	log TEXT               appends a line to Panther\setupact.log
//	wide                   makes that log one in UTF-16, from now on
//	clear                  empties that log
//	tag                    makes Sysprep_succeeded.tag
//	untag                  removes it
//	string KEY NAME VALUE  sets a value below HKEY_LOCAL_MACHINE
//	number KEY NAME VALUE
//	nokey KEY              deletes a key without subkeys
//	cache                  copies the file of /unattend: to Panther\unattend.xml of Windows
//	gone                   waits until that file is gone, at most 20 seconds
//	tell                   writes arguments and names of the environment to told.txt
//	sleep DURATION
//	wait                   until go.txt is there, at most a minute
//	leave                  ends this process; another one plays the rest
//	window                 opens a window, and goes on once it is closed
//	hold FILE              opens a file for itself alone, until go.txt is there
//	interrupt FILE PROGRAM ARGUMENT…
//	                       starts the program on a console of its own, presses Ctrl+C there
//	                       once FILE is in this folder, and ends as the program does
//	crash                  ends as a program does that the system kills
//	exit CODE
//
// In TEXT, {now} is the time as the log prints it. Fields are separated by
// " | " where a command has several.
package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

func main() {
	self, err := os.Executable()
	must(err)
	p := player{folder: filepath.Dir(self), self: self}
	script := filepath.Join(p.folder, "play.txt")
	if len(os.Args) > 1 && !strings.HasPrefix(os.Args[1], "/") {
		script = os.Args[1]
	}
	text, err := os.ReadFile(script)
	must(err)
	lines := strings.Split(strings.ReplaceAll(string(text), "\r", ""), "\n")
	for i, line := range lines {
		if line == "leave" {
			p.leave(lines[i+1:])
		}
		p.play(line)
	}
}

type player struct{ folder, self string }

// file is that of /unattend:, "" when there is none.
func (p player) file() string {
	for _, arg := range os.Args[1:] {
		if from, ok := strings.CutPrefix(arg, "/unattend:"); ok {
			return from
		}
	}
	return ""
}

func (p player) play(line string) {
	word, rest, _ := strings.Cut(line, " ")
	fields := strings.Split(rest, " | ")
	switch word {
	case "":
	case "log":
		p.log(rest)
	case "wide":
		must(os.MkdirAll(p.path("Panther"), 0o700))
		must(os.WriteFile(p.path(`Panther\setupact.log`), []byte("\xff\xfe"), 0o600))
	case "clear":
		must(os.WriteFile(p.path(`Panther\setupact.log`), nil, 0o600))
	case "tag":
		must(os.WriteFile(p.path("Sysprep_succeeded.tag"), nil, 0o600))
	case "untag":
		if err := os.Remove(p.path("Sysprep_succeeded.tag")); !os.IsNotExist(err) {
			must(err)
		}
	case "string", "number":
		set(word, fields)
	case "nokey":
		if err := registry.DeleteKey(registry.LOCAL_MACHINE, rest); !errors.Is(err, registry.ErrNotExist) {
			must(err)
		}
	case "cache":
		p.cache()
	case "gone":
		p.gone()
	case "tell":
		p.tell()
	case "sleep":
		d, err := time.ParseDuration(rest)
		must(err)
		time.Sleep(d)
	case "wait":
		p.await("go.txt")
	case "window":
		show()
	case "hold":
		p.hold(rest)
	case "interrupt":
		p.interrupt(fields[0], fields[1:])
	case "crash":
		must(windows.TerminateProcess(windows.CurrentProcess(), 0xc0000005))
	case "exit":
		code, err := strconv.Atoi(rest)
		must(err)
		os.Exit(code)
	default:
		must(fmt.Errorf("unknown command %q", word))
	}
}

func (p player) path(name string) string { return filepath.Join(p.folder, name) }

// await waits until a file of the folder is there, at most a minute.
func (p player) await(name string) {
	for range 600 {
		if _, err := os.Stat(p.path(name)); err == nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func (p player) log(text string) {
	must(os.MkdirAll(p.path("Panther"), 0o700))
	f, err := os.OpenFile(p.path(`Panther\setupact.log`), os.O_CREATE|os.O_APPEND|os.O_RDWR, 0o600)
	must(err)
	line := strings.ReplaceAll(text, "{now}", time.Now().Format("2006-01-02 15:04:05")) + "\r\n"
	mark := make([]byte, 2)
	if _, err := f.ReadAt(mark, 0); err == nil && string(mark) == "\xff\xfe" {
		line = wide(line)
	}
	_, err = f.WriteString(line)
	must(err)
	must(f.Close())
}

// wide encodes a text as UTF-16, little endian.
func wide(text string) string {
	var b []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		b = binary.LittleEndian.AppendUint16(b, unit)
	}
	return string(b)
}

func set(kind string, fields []string) {
	k, _, err := registry.CreateKey(registry.LOCAL_MACHINE, fields[0], registry.ALL_ACCESS)
	must(err)
	if kind == "string" {
		must(k.SetStringValue(fields[1], fields[2]))
	} else {
		n, err := strconv.ParseUint(fields[2], 0, 32)
		must(err)
		must(k.SetDWordValue(fields[1], uint32(n)))
	}
	must(k.Close())
}

func (p player) cache() {
	content, err := os.ReadFile(p.file())
	must(err)
	folder := filepath.Join(os.Getenv("SystemRoot"), "Panther")
	must(os.MkdirAll(folder, 0o700))
	must(os.WriteFile(filepath.Join(folder, "unattend.xml"), content, 0o600))
}

func (p player) gone() {
	for range 200 {
		if _, err := os.Stat(p.file()); os.IsNotExist(err) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	must(errors.New("the file of /unattend: is still there"))
}

func (p player) tell() {
	var b strings.Builder
	for _, arg := range os.Args {
		fmt.Fprintf(&b, "arg %s\n", arg)
	}
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(v, "=")
		fmt.Fprintf(&b, "env %s\n", name)
	}
	must(os.WriteFile(p.path("told.txt"), []byte(b.String()), 0o600))
}

// leave hands the rest of the play to a process with another name.
func (p player) leave(rest []string) {
	content, err := os.ReadFile(p.self)
	must(err)
	must(os.WriteFile(p.path("rest.exe"), content, 0o700))
	must(os.WriteFile(p.path("rest.txt"), []byte(strings.Join(rest, "\n")), 0o600))
	must(exec.Command(p.path("rest.exe"), p.path("rest.txt")).Start())
	os.Exit(0)
}

// must ends a play that a test has written badly with a code that no play uses.
func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "standin:", err)
		os.Exit(99)
	}
}
