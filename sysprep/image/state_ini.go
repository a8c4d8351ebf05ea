package image

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/reseal/reseal/sysprep"
)

// largestStateIni is the most that is read of State.ini, which has two lines.
const largestStateIni = 64 << 10

// imageState is in the registry and, for programs that cannot read that, in
// Setup\State\State.ini.
func (g *gatherer) imageState() sysprep.Fact[string] {
	if state := g.text(keyImageState, "ImageState"); state.Known() {
		state.Value = strings.TrimSpace(state.Value)
		return state
	}
	return g.stateIni()
}

// stateIni is what the file says, unknown where there is none.
func (g *gatherer) stateIni() sysprep.Fact[string] {
	text, err := g.drive.read(g.below(`Setup\State\State.ini`), largestStateIni)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			g.problem(err)
		}
		return sysprep.Fact[string]{}
	}
	state, ok := readStateIni(text)
	if !ok {
		return sysprep.Fact[string]{}
	}
	return sysprep.GivenAs(state)
}

// readStateIni finds ImageState in the section State; the value stands in
// quotes in the documentation, and in none in real files.
func readStateIni(text []byte) (state string, ok bool) {
	section := ""
	for line := range strings.Lines(plainText(text)) {
		line = strings.TrimSpace(line)
		if name, isSection := strings.CutPrefix(line, "["); isSection {
			section = strings.TrimSuffix(name, "]")
			continue
		}
		name, value, isValue := strings.Cut(line, "=")
		if isValue && strings.EqualFold(section, "State") && strings.EqualFold(strings.TrimSpace(name), "ImageState") {
			return strings.TrimSpace(strings.Trim(strings.TrimSpace(value), `"`)), true
		}
	}
	return "", false
}

// plainText reads small files that Windows writes as ANSI or as UTF-16.
func plainText(text []byte) string {
	if len(text) > 1 && text[0] == 0xff && text[1] == 0xfe {
		return decodeUTF16(text[2:])
	}
	return strings.TrimPrefix(string(text), "\ufeff")
}
