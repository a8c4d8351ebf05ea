package setuplog

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The environment variables of the test of a large log: the first one asks for
// it and gives its size in MB, the second one makes this program the reader.
const (
	largeLog   = "RESEAL_LARGE_LOG"
	largeChild = "RESEAL_LARGE_LOG_CHILD"
)

// shapes are lines of every form that a log was seen to have, without a cause
// in them.
func shapes() []string {
	fixed := []string{
		header, worked,
		"2026-03-04 05:06:07, Info                  SYSPRP     Name: Microsoft-Windows-Shell-Setup, Order: 4096\r\n",
		"2014-03-04 05:06:07, Info                  SYSPRP SysprepSession::ExecuteInternal: name:Microsoft-Windows-Shell-Setup, order: 1000d\r\n",
		"2012-03-04 05:06:07, Info       [0x0f0080] SYSPRP LaunchDll:Found 'C:\\Windows\\System32\\sppnp.dll,Sysprep_Generalize_Pnp'; executing it\r\n",
		"2012-03-04 05:06:07, Info       [0x0f0081] SYSPRP LaunchDll:Successfully executed 'C:\\Windows\\System32\\sppnp.dll,Sysprep_Generalize_Pnp' without error\r\n",
		"2012-03-04 05:06:07, Info                         capisp.dll::CryptoSysPrep_Specialize: returning 0\r\n",
		"2026-03-04 05:06:07, Info                         [windeploy.exe] WinDeploy.exe launched with command-line []...\r\n",
		"2026-03-04 05:06:07, Info                         [setup.exe] [Action Queue] : GenerateActionQueue finish (hr = 0x0)\r\n",
		"2026-03-04 05:06:07, Info                         [SETUPUGC.EXE] Process returned with exit code 0x0\r\n",
		"2026-03-04 05:06:07, Info                  CSI    00000001 Shim considered [l:125]'\\??\\C:\\Windows\\Servicing\\amd64_x\\wcp.dll' : got STATUS_OBJECT_PATH_NOT_FOUND\r\n",
		"C:\\Logs\\setupact.log:12:2026-03-04 05:06:07, Info                  SYSPRP mode &lt;null&gt;\r\n",
		"2026-03-05T01:02:03Z: ==> image.azure-arm: 2026-03-04 05:06:07, Info                  SYSPRP x\u00a0was \u2018read\u2019\r\n",
		"<![LOG[Entering validation]LOG]!><time=\"05:06:07.000+000\" date=\"03-04-2026\" component=\"SYSPRP\" context=\"\" type=\"1\" thread=\"1\" file=\"\">\r\n",
		"03-04-2026 05:06:07.000 SYSPRP Something could not be\r\n   found\r\n",
		"2026-03-04 05:06:07, Info                  IBS    InstallWindows:No UI language from a previous boot was found on the blackboard.\r\n",
		"2026-03-04 05:06:07, Warning               SYSPRP WinMain: File operations pending\r\n",
		"2026-03-04 05:06:07, Error SYSPRP SPPNP: Failed to open device key of ROOT\\X. Err = 0x2\r\n",
		"2026-03-04 05:06:07, Info [0x0f005f] SYSPRP ParseCommands:Found supported command line option 'OOBE'\n",
		"03-04-2026 05:06:07.123 SYSPRP 983117 (0xf004d) The time is now 2026-03-04 05:06:07\r\n",
		"a continued line of a message, or what a command printed\r\n",
		"[gle=0x00000002]\r\n", "\r\n", "\xff\xfe\x80 not UTF-8\r\n",
		"2026-03-04 05:06:07, Error                 SYSPRP MRTGeneralize:107 - ERROR: Failed ConnectServer: 0x80004005[gle=0x00000006]\r\n",
		"2026-03-04 05:06:07, Error                 CSI    00000002 (F) STATUS_OBJECT_NAME_NOT_FOUND #121# from Windows::Rtl\r\n",
		"2026-03-04 05:06:07, Error                        [msoobe.exe] CFirstUXWnd::OpenExisting failed with error 80070490\r\n",
		"2026-03-04 05:06:07, Error                 SYSPRP Something failed that no table knows; hr = 0x80070057\r\n",
	}
	return fixed
}

// writeLarge writes a log of about size bytes that mixes all shapes, with one
// failure in its last hundredth, and returns the line of its cause.
func writeLarge(w io.Writer, size int) (cause int) {
	out := bufio.NewWriterSize(w, 1<<20)
	pieces, written, line, seed := shapes(), 0, 1, uint32(1)
	put := func(text string) {
		n, err := out.WriteString(text)
		if err != nil {
			panic(err)
		}
		written += n
		line += strings.Count(text, "\n")
	}
	some := func(until int) {
		for written < until {
			seed = seed*1664525 + 1013904223
			put(pieces[seed>>8%uint32(len(pieces))])
		}
	}
	some(size - size/100)
	put(header)
	some2 := "2026-03-04 05:06:07, Error                 SYSPRP MRTGeneralize:107 - ERROR: Failed ConnectServer: 0x80004005\r\n"
	for range 1000 {
		put(some2)
	}
	cause = line
	put("2026-03-04 05:06:08, Error                 SYSPRP Package Contoso.Notes_1.2.3.0_x64__abcdefgh12345 was installed for a user, but not provisioned for all users. This package will not function properly in the sysprep image.\r\n")
	for written < size-2000 {
		put(some2)
	}
	put("2026-03-04 05:06:08, Error      [0x0f0082] SYSPRP ActionPlatform::LaunchModule: Failure occurred while executing 'SysprepGeneralizeValidate' from C:\\Windows\\System32\\AppxSysprep.dll; dwRet = 0x3cf2\r\n")
	put("2026-03-04 05:06:08, Error      [0x0f00d8] SYSPRP WinMain:Hit failure while pre-validate sysprep generalize internal providers; hr = 0x80073cf2\r\n" + closing)
	if err := out.Flush(); err != nil {
		panic(err)
	}
	return cause
}

// A log of 200 MB is read in 64 MiB of memory, and no slower than a twentieth
// of what bufio.Scanner needs for the same file in the same run. It takes
// seconds and disk space, so it runs when it is asked for:
//
//	RESEAL_LARGE_LOG=200 go test -run Large ./sysprep/setuplog
func TestLargeLogInLittleMemoryAndGoodTime(t *testing.T) {
	megabytes, err := strconv.Atoi(os.Getenv(largeLog))
	if err != nil {
		t.Skip("set " + largeLog + " to a size in MB")
	}
	name := filepath.Join(t.TempDir(), "setupact.log")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	cause := writeLarge(f, megabytes<<20)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	// The two take turns and the best of each counts, since other work on the
	// machine slows one of them more than the other.
	plain, took, peak := time.Hour, time.Hour, 0
	for range 3 {
		plain = min(plain, scanTime(t, name))
		r := readApart(t, name)
		took, peak = min(took, r.took), max(peak, r.peak)
		if r.line != cause {
			t.Errorf("the cause is told in line %d, it stands in %d", r.line, cause)
		}
	}
	t.Logf("bufio.Scanner %v, this reader %v (%.1f times), peak %d KiB", plain, took, float64(took)/float64(plain), peak)
	if took > 20*plain {
		t.Errorf("%v is more than 20 times %v", took, plain)
	}
	if peak > 64<<10 {
		t.Errorf("%d KiB of memory", peak)
	}
}

// reading is what a process of its own tells of one reading.
type reading struct {
	took       time.Duration
	line, peak int // the line of the cause, and the most memory in KiB
}

func readApart(t *testing.T, name string) (r reading) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestReadLargeLog$", "-test.v")
	child.Env = append(os.Environ(), largeChild+"="+name)
	out, err := child.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	_, report, _ := strings.Cut(string(out), "report ")
	if _, err := fmt.Sscan(report, (*int64)(&r.took), &r.line, &r.peak); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return r
}

func scanTime(t *testing.T, name string) time.Duration {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	start := time.Now()
	s := bufio.NewScanner(f)
	for s.Scan() {
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	return time.Since(start)
}

// TestReadLargeLog is the program that the test above measures.
func TestReadLargeLog(t *testing.T) {
	name := os.Getenv(largeChild)
	if name == "" {
		t.Skip("started by another test")
	}
	debug.SetGCPercent(100)
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	log, err := Read(f)
	took := time.Since(start)
	if err != nil || len(log.Runs) == 0 {
		t.Fatal(err)
	}
	fmt.Println("report", int64(took), log.Runs[len(log.Runs)-1].Line, peakMemory(t))
}

// peakMemory is the most memory that this process ever had, in KiB; 0 where
// the system does not tell.
func peakMemory(t *testing.T) int {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Log(err)
		return 0
	}
	_, rest, _ := strings.Cut(string(text), "VmHWM:")
	kib, err := strconv.Atoi(strings.Fields(rest + " 0")[0])
	if err != nil {
		t.Fatal(err)
	}
	return kib
}

func BenchmarkRead(b *testing.B) {
	var log strings.Builder
	writeLarge(&log, 8<<20)
	b.SetBytes(int64(log.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if l, err := Read(strings.NewReader(log.String())); err != nil || l.Runs[len(l.Runs)-1].Signature != "F01" {
			b.Fatal(err, l.Runs[len(l.Runs)-1])
		}
	}
}

// BenchmarkScanner is what BenchmarkRead is measured by.
func BenchmarkScanner(b *testing.B) {
	var log strings.Builder
	writeLarge(&log, 8<<20)
	b.SetBytes(int64(log.Len()))
	for b.Loop() {
		for s := bufio.NewScanner(strings.NewReader(log.String())); s.Scan(); {
		}
	}
}
