package setuplog

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// codeWords find the codes in a message: behind the words that Sysprep puts
// before them, and any whole HRESULT in hexadecimal.
var codeWords = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:dwRet|hr|hrResult|hresult|status|Err|error code|exit code|returned|FAILED:?|failed with(?: error)?)\s*[=:]?\s*\[?(-?\d+\b|0x[0-9a-f]{1,8}\b|[0-9a-f]{1,8}\b)|\b(0x[0-9a-f]{8})\b|\b(80[0-9a-f]{6}|c00[0-9a-f]{5})\b`)
})

// CodesIn returns the codes of a message in their order. Zero is no error.
func CodesIn(message string) []Code {
	var found []Code
	for _, m := range codeWords().FindAllStringSubmatch(message, -1) {
		text := strings.Join(m[1:], "")
		if c, ok := ParseCode(text); ok && c.Value != 0 {
			found = append(found, c)
		}
	}
	return found
}

// failureCode chooses the code of a failure. first are the codes of the line
// that tells the cause, then those of the lines behind it, the verdict's last.
// The first one is what happened, unless a later line has the whole HRESULT
// of a code that was cut to its low word.
func failureCode(lines []string) (Code, bool) {
	var all []Code
	for _, l := range lines {
		codes := CodesIn(l)
		slices.SortStableFunc(codes, func(a, b Code) int { return whole(b) - whole(a) }) // "hr = 0x1, hrResult = 0x80220005"
		all = append(all, codes...)
	}
	if len(all) == 0 {
		return Code{}, false
	}
	best := all[0]
	if whole(best) > 0 {
		return best, true
	}
	for _, c := range all[1:] {
		if whole(c) > 0 && sameCode(best.HRESULT(), c.Value) {
			return c, true
		}
	}
	return best, true
}

// whole is 1 for a code that lost nothing on its way: one that is no Win32
// code, neither bare nor wrapped.
func whole(c Code) int {
	if c.Value >= 1<<16 && c.Value>>16 != hresultFromWin32>>16 {
		return 1
	}
	return 0
}
