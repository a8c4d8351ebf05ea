package setuplog

import "bytes"

// dialogs begin what Setup shows when it gives up; people quote it with nothing
// of a log. Each goes on into the second sentence or to what is named: pages and
// other programs talk of "could not complete the installation" as well.
var dialogs = [...]string{
	"Windows could not parse or process unattend answer file [",
	"Windows could not parse or process unattend answer file for pass",
	"Windows could not parse or process the unattend answer file [",
	"Windows could not parse or process the unattend answer file for pass",
	"Windows could not complete the installation. To install",
	"Windows could not finish configuring the system. To attempt",
	"Windows could not apply unattend settings during pass",
	"Windows Setup encountered an internal error while",
	"The computer restarted unexpectedly or encountered an unexpected error. Windows",
}

// narrowest is how wide a page is at least that wraps a dialog within a
// sentence; what is shorter is a heading.
const narrowest = 60

// perUser stands in the message that stops most runs, behind the full name of
// a package.
const perUser = "installed for a user, but not provisioned"

// quotation reads a message that people quote without anything of the log: a
// dialog, or the one on a package of a single user. It begins at a place in a
// line.
func quotation(t []byte, at int) (columns, bool) {
	if m := t[at:]; isDialog(m) || isPerUser(m) {
		return columns{message: m, severity: Error, guessed: true, quoted: true}, at == 0 || !inCode(m, t[at-1])
	}
	return columns{}, false
}

func isDialog(t []byte) bool {
	if len(t) == 0 || t[0] != 'W' && t[0] != 'T' {
		return false
	}
	for _, d := range dialogs {
		if len(t) < len(d) && isCutOff(t, d) || len(t) >= len(d) && string(t[:len(d)]) == d {
			return true
		}
	}
	return false
}

// isCutOff tells whether a line is the begin of a dialog up to the end of one
// of its sentences, or up to a blank at which it was wrapped.
func isCutOff(t []byte, dialog string) bool {
	t = bytes.TrimRight(t, "\"'`*")
	n := len(t)
	return n > 0 && n < len(dialog) && string(t) == dialog[:n] && dialog[n] == ' ' && (t[n-1] == '.' || n >= narrowest)
}

func isPerUser(t []byte) bool {
	name, rest := cutWord(bytes.TrimPrefix(t, []byte("Package ")))
	if bytes.IndexByte(name, '_') <= 0 {
		return false
	}
	_, rest = cutWord(rest) // was, is
	behind, ok := bytes.CutPrefix(rest, []byte(perUser))
	return ok && (len(behind) == 0 || bytes.HasPrefix(behind, []byte(" for")) || bytes.IndexByte([]byte("\"'`.*"), behind[0]) >= 0)
}

// inCode tells whether a text that a quotation mark stands before is one of a
// program or a sentence that goes on behind it.
func inCode(t []byte, mark byte) bool {
	if mark != '"' && mark != '\'' && mark != '`' {
		return false
	}
	for {
		end := bytes.IndexByte(t, mark)
		if end < 0 || end+1 == len(t) {
			return false
		}
		if t = t[end+1:]; bytes.IndexByte([]byte(",;:)]}+"), t[0]) >= 0 {
			return true
		}
	}
}

// isKey tells whether a text ends with the name of a JSON value and its colon.
func isKey(t []byte) bool { return bytes.HasSuffix(t, []byte(`":`)) }
