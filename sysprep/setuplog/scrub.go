package setuplog

import (
	"github.com/reseal/reseal/internal/secret"
	"github.com/reseal/reseal/internal/source"
)

// Scrub returns a text of a log fit to be shown: passwords of command lines
// and product keys are replaced by ***, and nothing in it steers a terminal.
func Scrub(text string) string { return source.OneLine(secret.HideInLog(text)) }
