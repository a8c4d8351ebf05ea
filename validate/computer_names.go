package validate

import (
	"strings"

	"github.com/reseal/reseal/schema/answer"
)

// isComputerName tells whether a setting names the computer.
func isComputerName(c *answer.Cursor) bool {
	if c.Known == nil {
		return false
	}
	switch c.Schema.Name {
	case "Microsoft-Windows-Shell-Setup":
		return c.Known.Path == "ComputerName"
	case "Microsoft-Windows-Deployment":
		return c.Known.Path == "AuditComputerName/Name"
	}
	return false
}

// computerNameLimit is the length of a NetBIOS name in bytes.
const computerNameLimit = 15

// notInComputerName are the characters that the reference forbids.
const notInComputerName = "{|}~[\\]^':;<=>?@!\"#$%`()+/.,*&"

// refusedIn returns the characters of a computer name that are not allowed,
// each once, in words.
func refusedIn(name string) []string {
	var refused []string
	seen := map[rune]bool{}
	for _, char := range name {
		word := `"` + string(char) + `"`
		switch {
		case char < ' ' || char == 0x7f:
			word = "a control character"
		case char == ' ' || char == '\u00a0':
			word = "a blank"
		case !strings.ContainsRune(notInComputerName, char):
			continue
		}
		if !seen[char] {
			seen[char] = true
			refused = append(refused, word)
		}
	}
	return refused
}
