// Package picture draws the record of a run: boots as columns, passes as rows,
// every setting linked to its line. One file a form: SVG, and one HTML page
// that needs nothing else.
package picture

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/sysprep"
)

// Options are what a picture needs beside the record.
type Options struct {
	Title   string         // what was run, such as the name of the profile
	Sources []*source.File // files that places of the record name; HTML shows those lines, secrets masked
}

// place is a place of a record, taken apart: "profile.yaml:12".
type place struct {
	File string
	Line int // 0 = none is known
}

// placeOf reads a place; a drive letter is part of the file's name.
func placeOf(at string) place {
	i := strings.LastIndexByte(at, ':')
	if i < 0 {
		return place{File: at}
	}
	line, err := strconv.Atoi(at[i+1:])
	if err != nil || line < 1 {
		return place{File: at}
	}
	return place{at[:i], line}
}

// String is the place as it is shown.
func (p place) String() string {
	if p.Line == 0 {
		return p.File
	}
	return p.File + ":" + strconv.Itoa(p.Line)
}

// href is a link to the file itself, relative as its name is; "#L12" is how
// forges call a line. A colon is hidden, so that no name turns into a scheme.
// What has no file, such as standard input, has no link.
func (p place) href() string {
	if p.File == "" || strings.HasPrefix(p.File, "<") {
		return ""
	}
	u := (&url.URL{Path: strings.ReplaceAll(p.File, `\`, "/")}).EscapedPath()
	u = strings.ReplaceAll(u, ":", "%3A")
	if strings.HasPrefix(u, "//") {
		u = "/" + strings.TrimLeft(u, "/") // a path, not another host
	}
	if p.Line > 0 {
		u += "#L" + strconv.Itoa(p.Line)
	}
	return u
}

// setting is the path of a setting with its component in short form:
// "Shell-Setup/TimeZone".
func setting(component, path string) string {
	component = strings.TrimPrefix(component, "Microsoft-Windows-")
	if path == "" {
		return component
	}
	return component + "/" + path
}

// clean takes out what no page and no XML may hold: control characters, and
// those that change the direction of text.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n':
			return ' '
		case r < ' ', r >= 0x7f && r < 0xa0, r == 0xfffe, r == 0xffff, r == 0xfeff:
			return -1
		case r >= 0x2028 && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "�"))
}

// heading is what both forms say above the picture.
func heading(r *sysprep.Record, o Options) string {
	text := "Windows " + r.Target.Windows + ", " + r.Target.Architecture
	if o.Title != "" {
		text = o.Title + " on " + text
	}
	return clean(text)
}

// boardWidth is how many boots stand side by side in an SVG.
const boardWidth = 4
