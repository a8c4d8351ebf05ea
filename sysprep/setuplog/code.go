package setuplog

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// Code is an error code as a log, a dialog or a person spells it.
type Code struct {
	Value    uint32
	Original string // as it was written
}

// ParseCode reads an error code in any spelling: 0x80073cf2, 80073CF2,
// -2147009294, 2147957490, 0x3cf2, 31, 80073cf2h. A number of eight
// hexadecimal digits needs no 0x; a shorter one is decimal unless it has one,
// or begins with a digit and holds a letter.
func ParseCode(text string) (Code, bool) {
	s := strings.ToLower(strings.TrimSpace(text))
	hex, prefixed := strings.CutPrefix(s, "0x")
	if trimmed, suffixed := strings.CutSuffix(hex, "h"); suffixed {
		hex, prefixed = trimmed, true
	}
	if s == "" || len(s) > len("-2147483648") {
		return Code{}, false
	}
	if v, err := strconv.ParseInt(s, 10, 64); err == nil && !prefixed && !(len(s) == 8 && s[0] >= '8') {
		if v < -1<<31 || v >= 1<<32 {
			return Code{}, false
		}
		return Code{Value: uint32(v), Original: text}, true
	}
	v, err := strconv.ParseUint(hex, 16, 32)
	if err != nil || !prefixed && len(hex) != 8 && (hex[0] > '9' || len(hex) < 2) {
		return Code{}, false // a word such as "bed" is none
	}
	return Code{Value: uint32(v), Original: text}, true
}

// hresultFromWin32 is the high word of an HRESULT that wraps a Win32 code.
const hresultFromWin32 = 0x80070000

// HRESULT is the code in one form for all spellings: a Win32 code becomes the
// HRESULT that wraps it, all else stays.
func (c Code) HRESULT() uint32 {
	if c.Value != 0 && c.Value < 1<<16 {
		return hresultFromWin32 | c.Value
	}
	return c.Value
}

// String is the HRESULT as "0x80073CF2".
func (c Code) String() string { return fmt.Sprintf("0x%08X", c.HRESULT()) }

// Meaning is what a code says by itself, in one sentence without a stop; Name
// is its symbol in the headers of Windows, "" where it has none that is
// public.
type Meaning struct {
	Code       uint32
	Name, Text string
}

// Meaning looks a code up, nil when the table does not have it.
func (c Code) Meaning() *Meaning {
	h := c.HRESULT()
	at := sort.Search(len(codes), func(i int) bool { return codes[i].Code >= h })
	if at < len(codes) && codes[at].Code == h {
		return &codes[at]
	}
	return nil
}

// Describe tells what is known of a code in one sentence without a stop, also
// for a code that the table lacks.
func (c Code) Describe() string {
	if m := c.Meaning(); m != nil {
		if m.Name != "" {
			return m.Text + " (" + m.Name + ")"
		}
		return m.Text
	}
	h := c.HRESULT()
	switch {
	case h>>16 == hresultFromWin32>>16:
		return fmt.Sprintf("Win32 error %d", h&0xffff)
	case h>>30 == 3:
		return fmt.Sprintf("an NTSTATUS or licensing code of facility 0x%x", h>>16&0xfff)
	case h>>31 == 1:
		return fmt.Sprintf("an HRESULT of facility 0x%x", h>>16&0x7ff)
	}
	return "no error code of Windows is known by this number"
}

// sameCode tells whether two codes may be one failure: Sysprep cuts an HRESULT
// down to its low word and wraps that word anew, so 0x800F0975 and 0x80070975
// are the same.
func sameCode(a, b uint32) bool {
	if a == b {
		return true
	}
	wrapped := a>>16 == hresultFromWin32>>16 || b>>16 == hresultFromWin32>>16 || a < 1<<16 || b < 1<<16
	return wrapped && a&0xffff == b&0xffff
}
