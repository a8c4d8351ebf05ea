package picture

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"

	"github.com/reseal/reseal/sysprep"
)

// Measures of an SVG in pixels. The letters are of one width, so that text can
// be cut to its column without measuring it.
const (
	margin      = 24
	labelWidth  = 120
	columnWidth = 300
	lineHeight  = 18
	padding     = 10
	letter10    = 73 // width of ten letters
)

// columnChars is how many letters fit into a column.
const columnChars = (columnWidth - 2*padding) * 10 / letter10

// maxEntries is how many settings a cell lists; the others are counted.
const maxEntries = 8

const svgStyle = `text{font:12px ui-monospace,Consolas,"DejaVu Sans Mono",monospace;fill:#1b1f24}` +
	`.h{font-size:16px;font-weight:600}.b{font-weight:600}.f{fill:#5a6472}.back{fill:#fff}` +
	`.box{fill:#f5f6f8;stroke:#d3d8df}.cell{fill:none;stroke:#d3d8df}.state{fill:#24476f}` +
	`.ok{fill:#1a6b35}.bad{fill:#b3261e}.tip{fill:#8a94a3}a text{fill:#0b5cad}a:hover text,a:focus text{text-decoration:underline}` +
	`@media(prefers-color-scheme:dark){text{fill:#e6e9ed}.f{fill:#a0aab7}.back{fill:#14171b}` +
	`.box{fill:#1d2127;stroke:#363d47}.cell{stroke:#363d47}.state{fill:#a9c7ee}` +
	`.ok{fill:#77d08f}.bad{fill:#ff8f85}a text{fill:#7db7ff}}`

// SVG writes the table of time as a drawing: four boots side by side, the next
// four below them.
func SVG(w io.Writer, r *sysprep.Record, o Options) error {
	d := &drawing{}
	d.y = margin
	d.text(margin, "h", heading(r, o))
	d.y += 6
	d.text(margin, "f", clip(clean(r.Command), (labelWidth+boardWidth*columnWidth)*10/letter10))
	class := "ok"
	if r.Failed() {
		class = "bad"
	}
	d.text(margin, class+" b", clean(r.VerdictLine()))
	for _, s := range r.Failures() {
		d.text(margin, "bad", clip(clean(s.Name+": "+s.Detail), (labelWidth+3*columnWidth)*10/letter10))
	}
	widest := 0
	for boots := range slices.Chunk(r.Boots, boardWidth) {
		d.y += 14
		d.band(boots, len(r.Boots))
		widest = max(widest, len(boots))
	}
	inner := labelWidth + max(widest, 3)*columnWidth
	d.notes(r, inner)
	width := 2*margin + inner
	_, err := fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="group" aria-labelledby="plan-title" aria-describedby="plan-desc">
<title id="plan-title">%[3]s</title>
<desc id="plan-desc">%[6]s</desc>
<style>%[4]s</style>
<rect class="back" width="100%%" height="100%%"/>
%[5]s</svg>
`, width, d.y+margin, escape(heading(r, o)), svgStyle, d.out.Bytes(), escape(story(r)))
	return err
}

// drawing collects elements from top to bottom.
type drawing struct {
	out bytes.Buffer
	y   int // where the next line of text begins
}

func escape(text string) string { return html.EscapeString(clean(text)) }

// text writes one line and moves down.
func (d *drawing) text(x int, class, text string) {
	d.y += lineHeight
	d.word(x, d.y, class, text)
}

func (d *drawing) word(x, y int, class, text string) {
	fmt.Fprintf(&d.out, `<text x="%d" y="%d" class="%s">%s</text>`+"\n", x, y, class, escape(text))
}

func (d *drawing) rect(x, y, width, height int, class string) {
	fmt.Fprintf(&d.out, `<rect class="%s" x="%d" y="%d" width="%d" height="%d"/>`+"\n", class, x, y, width, height)
}

// label is one line of a cell.
type label struct {
	class, text string
	tip, href   string
}

// band draws some boots side by side. all is how many boots there are in the
// whole picture: behind the last no arrow leads on.
func (d *drawing) band(boots []sysprep.Boot, all int) {
	heads := make([][]label, len(boots))
	for i, b := range boots {
		heads[i] = head(b)
	}
	top := d.y
	d.row("", heads, "box")
	for i, b := range boots {
		if b.N < all-1 {
			d.arrow(margin+labelWidth+(i+1)*columnWidth, top+padding+lineHeight-4)
		}
	}
	for _, pass := range sysprep.PassesOf(boots) {
		cells := make([][]label, len(boots))
		for i, b := range boots {
			cells[i] = passLabels(b, pass)
		}
		d.row(pass, cells, "cell")
	}
	d.footer("logon", boots, logonLabels)
	d.footer("ends", boots, func(b sysprep.Boot) []label {
		if b.Ends == "" {
			return nil
		}
		return []label{{class: "b", text: b.Ends}}
	})
}

// footer draws a row that stands only where one of its cells says something.
func (d *drawing) footer(name string, boots []sysprep.Boot, labels func(sysprep.Boot) []label) {
	cells, any := make([][]label, len(boots)), false
	for i, b := range boots {
		cells[i] = labels(b)
		any = any || len(cells[i]) > 0
	}
	if any {
		d.row(name, cells, "cell")
	}
}

// row draws cells of one height.
func (d *drawing) row(name string, cells [][]label, class string) {
	lines := 1
	for _, c := range cells {
		lines = max(lines, len(c))
	}
	top, height := d.y, lines*lineHeight+2*padding
	d.rect(margin, top, labelWidth, height, "box")
	d.word(margin+padding, top+padding+lineHeight-5, "b", name)
	for i, c := range cells {
		x := margin + labelWidth + i*columnWidth
		d.rect(x, top, columnWidth, height, class)
		for n, l := range c {
			d.label(x+padding, top+padding+(n+1)*lineHeight-5, l)
		}
	}
	d.y = top + height
}

func (d *drawing) label(x, y int, l label) {
	if l.tip == "" {
		d.word(x, y, l.class, clip(clean(l.text), columnChars))
		return
	}
	open, end := "<g>", "</g>"
	if l.href != "" {
		open, end = `<a href="`+escape(l.href)+`">`, "</a>"
	}
	fmt.Fprintf(&d.out, "%s<title>%s</title>", open, escape(l.tip))
	d.word(x, y, l.class, clip(clean(l.text), columnChars))
	d.out.WriteString(end + "\n")
}

func (d *drawing) arrow(x, y int) {
	fmt.Fprintf(&d.out, `<path class="tip" d="M%d %d l8 5 l-8 5 z"/>`+"\n", x-4, y-5)
}

// head is the title of a boot and its image states from top to bottom.
func head(b sysprep.Boot) []label {
	out := []label{{class: "b", text: b.Title()}}
	for i, s := range shortStates(b) {
		if i > 0 {
			s = "→ " + s
		}
		out = append(out, label{class: "state", text: s})
	}
	return out
}

func passLabels(b sysprep.Boot, pass string) []label {
	var out []label
	for _, run := range b.Passes {
		if run.Pass != pass || !run.Runs() {
			continue
		}
		summary := run.Summary()
		if run.Continued {
			summary = "goes on: " + summary
		}
		out = append(out, label{class: "b", text: summary})
		var entries []label
		for _, a := range run.Applied {
			entries = append(entries, settingLabel(a))
		}
		for _, i := range run.Ignored {
			name := setting(i.Component, i.Setting)
			entries = append(entries, label{class: "f", text: "✕ " + name, tip: name + ": " + i.Reason + " (" + i.At + ")", href: placeOf(i.At).href()})
		}
		out = append(out, first(entries)...)
	}
	return out
}

// settingLabel has the end of the path and the value in its line, since the
// whole of both is in the tip.
func settingLabel(a sysprep.Applied) label {
	name := a.Setting[strings.LastIndexByte(a.Setting, '/')+1:]
	return label{text: name + " = " + a.Value, href: placeOf(a.At).href(),
		tip: setting(a.Component, a.Setting) + " = " + a.Value + " (" + a.At + ")"}
}

// first cuts a long list and says how many are left out.
func first(entries []label) []label {
	if len(entries) <= maxEntries {
		return entries
	}
	more := label{class: "f", text: fmt.Sprintf("and %d more", len(entries)-maxEntries+1)}
	return append(entries[:maxEntries-1:maxEntries-1], more)
}

func logonLabels(b sysprep.Boot) []label {
	if b.Logon == nil {
		return nil
	}
	out := []label{{text: b.Logon.Words()}}
	var entries []label
	for _, c := range b.Logon.Commands {
		entries = append(entries, label{text: c.Line, tip: c.Words() + " (" + c.At + ")", href: placeOf(c.At).href()})
	}
	return append(out, first(entries)...)
}

// clip cuts a text to a number of letters, wide ones counted twice.
func clip(text string, letters int) string {
	used := 0
	for i, r := range text {
		used += width(r)
		if used > letters {
			return cutBack(text[:i]) + "…"
		}
	}
	return text
}

func cutBack(text string) string {
	runes := []rune(text)
	return string(runes[:max(0, len(runes)-1)])
}

// width is 2 for the letters that East Asian fonts draw wide.
func width(r rune) int {
	if r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff ||
		r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 || r >= 0x1f300 && r <= 0x1faff || r >= 0x20000) {
		return 2
	}
	return 1
}
