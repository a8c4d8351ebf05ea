package sysprep

import (
	"bytes"
	"fmt"
	"time"

	"github.com/reseal/reseal/internal/source"
)

// byteOrderMark begins the logs of Windows.
const byteOrderMark = "\ufeff"

// rehearsalHead is the first line of every log of a rehearsal. Readers know a
// rehearsal by it.
const rehearsalHead = "Reseal rehearsal: this log was not written by Windows, and no machine was changed"

// logSeverity is the severity column of a log line.
type logSeverity string

const (
	logInfo    logSeverity = "Info"
	logWarning logSeverity = "Warning"
	logError   logSeverity = "Error"
)

// logPair writes setupact.log and setuperr.log in the columns of Windows
// Setup: local time, severity padded to 11, message ID or blanks in 10,
// component padded to 6, message; CRLF. setuperr.log has the errors alone.
type logPair struct {
	act, err bytes.Buffer
	stamp    string
}

func newLogPair(start time.Time) *logPair {
	l := &logPair{stamp: start.Format(time.DateTime)}
	l.act.WriteString(byteOrderMark)
	l.err.WriteString(byteOrderMark)
	head := l.format(logInfo, "", rehearsalHead)
	l.act.WriteString(head)
	l.err.WriteString(head)
	return l
}

func (l *logPair) format(severity logSeverity, id, message string) string {
	return fmt.Sprintf("%s, %-11s%10s %-6s %s\r\n", l.stamp, severity, id, "SYSPRP", source.OneLine(message))
}

// add writes one line; an id such as "[0x0f004d]" may be empty.
func (l *logPair) add(severity logSeverity, id, format string, args ...any) {
	line := l.format(severity, id, fmt.Sprintf(format, args...))
	l.act.WriteString(line)
	if severity == logError {
		l.err.WriteString(line)
	}
}

func (l *logPair) info(id, format string, args ...any) { l.add(logInfo, id, format, args...) }
