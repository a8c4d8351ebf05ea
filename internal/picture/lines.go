package picture

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/reseal/reseal/internal/secret"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/sysprep"
)

// maxLine is how many characters of a source line a page shows.
const maxLine = 240

// listing is the part of a source file that a page shows: the lines that a
// record names and no others, so that nothing else gets into the page.
type listing struct {
	Name  string
	Lines []line
}

type line struct {
	ID     string // anchor
	Number int
	Text   string // secrets masked
	Href   string // of the file itself
	Gap    bool   // lines are left out before it
}

// listings collects the lines of all places of a record.
func listings(r *sysprep.Record, files []*source.File) []listing {
	wanted := map[string]map[int]bool{}
	for _, at := range places(r) {
		p := placeOf(at)
		if wanted[p.File] == nil {
			wanted[p.File] = map[int]bool{}
		}
		wanted[p.File][p.Line] = true
	}
	var out []listing
	for n, f := range files {
		if f == nil || len(wanted[f.Name]) == 0 || slices.ContainsFunc(files[:n], func(g *source.File) bool { return g != nil && g.Name == f.Name }) {
			continue
		}
		if l := listFile(f, len(out), wanted[f.Name]); len(l.Lines) > 0 {
			out = append(out, l)
		}
	}
	return out
}

func listFile(f *source.File, number int, wanted map[int]bool) listing {
	out := listing{Name: clean(f.Name)}
	var numbers []int
	for n := range wanted {
		if n >= 1 && n <= f.Lines() {
			numbers = append(numbers, n)
		}
	}
	slices.SortFunc(numbers, cmp.Compare)
	for i, n := range numbers {
		text := []rune(clean(shownLine(f.Line(n))))
		if len(text) > maxLine {
			text = append(text[:maxLine:maxLine], '…')
		}
		out.Lines = append(out.Lines, line{ID: anchor(number, n), Number: n, Text: string(text),
			Href: place{f.Name, n}.href(), Gap: i > 0 && numbers[i-1] != n-1})
	}
	return out
}

// shownLine is a source line without passwords, those of command lines among
// them. Of a line far longer than what is shown the rest is not looked at.
func shownLine(line source.Span) string {
	line.End = min(line.End, line.Start+8*maxLine)
	line.HideParts(secret.FindInSource(line.Text()))
	return source.OneLine(secret.HideInLog(line.Shown()))
}

// anchor is the name of a line in a page; names of files may hold anything,
// and so only their number stands in it.
func anchor(file, line int) string {
	return "f" + strconv.Itoa(file) + "-" + strconv.Itoa(line)
}

// places are all places of a record in their order.
func places(r *sysprep.Record) []string {
	var out []string
	for _, b := range r.Boots {
		for _, p := range b.Passes {
			for _, a := range p.Applied {
				out = append(out, a.At)
			}
			for _, i := range p.Ignored {
				out = append(out, i.At)
			}
			out = append(out, commandPlaces(p.Commands)...)
		}
		if b.Logon != nil {
			out = append(out, commandPlaces(b.Logon.Commands)...)
		}
	}
	return out
}

func commandPlaces(commands []sysprep.RunCommand) []string {
	out := make([]string, len(commands))
	for i, c := range commands {
		out[i] = c.At
	}
	return out
}
