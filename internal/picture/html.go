package picture

import (
	"bufio"
	_ "embed"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/reseal/reseal/sysprep"
)

//go:embed page.html
var pageText string

// HTML writes the record as one page without scripts, fonts or pictures from
// elsewhere. It is light or dark as the reader's system is.
func HTML(w io.Writer, r *sysprep.Record, o Options) error {
	t, err := template.New("page").Parse(pageText)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(w) // the template writes word by word
	if err := t.Execute(b, newPage(r, o)); err != nil {
		return err
	}
	return b.Flush()
}

// page is what the template shows. All text in it is clean.
type page struct {
	Title, Command, Verdict string
	Failed                  bool
	Boots                   []column
	Rows                    []row
	Never                   []never
	Phases                  []phase
	Removes                 []group
	Devices                 []group
	Stages                  []stage
	Notes                   []string
	Listings                []listing
}

type column struct {
	Title  string
	States []string
}

// row is one row of the table of time, with a cell for each boot.
type row struct {
	Name  string
	Cells []cell
}

type cell struct {
	Boot     string // title of the column, for narrow pages
	Empty    bool
	Summary  string
	File     string // that serves the pass, where it is another one
	Applied  []entry
	Ignored  []entry
	Commands []entry
	Text     string
}

// Many tells whether the entries are folded away at first.
func (c cell) Many() bool { return len(c.Applied)+len(c.Ignored)+len(c.Commands) > 24 }

// entry is one setting or command with its place. Group is the component where
// another one begins.
type entry struct {
	Group       string
	Name, Value string
	Place       string
	Href        string
}

type never struct {
	Pass    string
	Entries []entry
}

type phase struct {
	Name, Status string
	Open         bool
	Steps        []step
}

// step is one step; Title says what a check wants where nothing was found.
type step struct{ Name, Status, Title, Detail, Remedy, Source, Link string }

type group struct {
	Name  string
	Items []string
}

type stage struct {
	Name      string
	Providers []sysprep.Provider
}

func newPage(r *sysprep.Record, o Options) *page {
	lists := listings(r, o.Sources)
	p := newPager(lists)
	out := &page{Title: heading(r, o), Command: clean(r.Command), Verdict: clean(r.VerdictLine()), Failed: r.Failed(), Listings: lists}
	for _, b := range r.Boots {
		out.Boots = append(out.Boots, column{clean(b.Title()), shortStates(b)})
	}
	out.Rows = p.rows(r)
	out.Never = p.never(r)
	out.Phases = phases(r)
	out.Removes = removes(r)
	out.Devices = devices(r)
	out.Stages = stages(r)
	for _, n := range r.TellingNotes() {
		out.Notes = append(out.Notes, clean(n)+".")
	}
	return out
}

func shortStates(b sysprep.Boot) []string {
	states := b.States()
	for i, s := range states {
		states[i] = clean(sysprep.ShortState(s))
	}
	return states
}

// pager makes cells; it knows which lines the page itself shows.
type pager struct{ anchors map[place]string }

func newPager(lists []listing) *pager {
	p := &pager{map[place]string{}}
	for _, l := range lists {
		for _, x := range l.Lines {
			p.anchors[place{l.Name, x.Number}] = "#" + x.ID
		}
	}
	return p
}

// entry links to the line in the page where it has it, else to the file.
func (p *pager) entry(name, value, at string) entry {
	where := placeOf(at)
	e := entry{Name: clean(name), Value: clean(value), Place: clean(where.String()), Href: where.href()}
	if id, ok := p.anchors[place{clean(where.File), where.Line}]; ok {
		e.Href = id
	}
	return e
}

func (p *pager) rows(r *sysprep.Record) []row {
	var out []row
	for _, pass := range sysprep.PassesOf(r.Boots) {
		x := row{Name: clean(pass)}
		for _, b := range r.Boots {
			x.Cells = append(x.Cells, p.cell(b, pass))
		}
		out = append(out, x)
	}
	logons, ends := row{Name: "logon"}, row{Name: "ends"}
	for _, b := range r.Boots {
		logons.Cells = append(logons.Cells, p.logon(b))
		ends.Cells = append(ends.Cells, cell{Boot: clean(b.Title()), Empty: b.Ends == "", Text: clean(b.Ends)})
	}
	for _, x := range []row{logons, ends} {
		if slices.ContainsFunc(x.Cells, func(c cell) bool { return !c.Empty }) {
			out = append(out, x)
		}
	}
	return out
}

func (p *pager) cell(b sysprep.Boot, pass string) cell {
	c := cell{Boot: clean(b.Title()), Empty: true}
	for _, run := range b.Passes {
		if run.Pass != pass || !run.Runs() {
			continue
		}
		c.Empty, c.Summary = false, run.Summary()
		if run.Continued {
			c.Summary = "goes on: " + c.Summary
		}
		c.File = clean(run.AnswerFile)
		component := ""
		for _, a := range run.Applied {
			e := p.entry(a.Setting, a.Value, a.At)
			if a.Component != component {
				component, e.Group = a.Component, setting(clean(a.Component), "")
			}
			c.Applied = append(c.Applied, e)
		}
		for _, i := range run.Ignored {
			c.Ignored = append(c.Ignored, p.entry(setting(i.Component, i.Setting), i.Reason, i.At))
		}
		c.Commands = p.commands(run.Commands)
	}
	return c
}

func (p *pager) commands(commands []sysprep.RunCommand) []entry {
	var out []entry
	for _, c := range commands {
		out = append(out, p.entry(c.Words(), c.Description, c.At))
	}
	return out
}

func (p *pager) logon(b sysprep.Boot) cell {
	c := cell{Boot: clean(b.Title()), Empty: b.Logon == nil, Text: clean(b.Logon.Words())}
	if b.Logon != nil {
		c.Commands = p.commands(b.Logon.Commands)
	}
	return c
}

func (p *pager) never(r *sysprep.Record) []never {
	var out []never
	for _, b := range r.Boots {
		for _, run := range b.Passes {
			if run.Runs() {
				continue
			}
			n := never{Pass: clean(run.Pass)}
			for _, i := range run.Ignored {
				n.Entries = append(n.Entries, p.entry(setting(i.Component, i.Setting), i.Reason, i.At))
			}
			out = append(out, n)
		}
	}
	return out
}

func phases(r *sysprep.Record) []phase {
	var out []phase
	for _, ph := range r.Phases {
		x := phase{Name: clean(ph.Name), Status: clean(string(ph.Status))}
		for _, s := range ph.Steps {
			x.Open = x.Open || s.Status == sysprep.StatusFailed || s.Status == sysprep.StatusWarning || s.Status == sysprep.StatusInfo
			y := step{Name: clean(s.Name), Status: strings.ReplaceAll(clean(string(s.Status)), "-", " "), Detail: clean(s.Detail), Remedy: clean(s.Remedy), Source: clean(s.Source)}
			if check := sysprep.FindCheck(s.Name); check != nil {
				y.Title = check.Title
			}
			if strings.HasPrefix(s.Source, "https://") && !strings.ContainsAny(s.Source, " \t") {
				y.Link = s.Source
			}
			x.Steps = append(x.Steps, y)
		}
		out = append(out, x)
	}
	return out
}

func removes(r *sysprep.Record) []group {
	var out []group
	for _, result := range []string{sysprep.Removed, sysprep.Reset, sysprep.Kept} {
		g := group{Name: result}
		for _, m := range r.Removes {
			if m.Result != result {
				continue
			}
			text := m.What
			if m.Why != "" {
				text += ": " + m.Why
			}
			g.Items = append(g.Items, clean(text))
		}
		if len(g.Items) > 0 {
			out = append(out, g)
		}
	}
	return out
}

func devices(r *sysprep.Record) []group {
	var out []group
	for _, result := range []string{sysprep.DeviceKept, sysprep.DeviceReinstalled, sysprep.DeviceRemoved} {
		g := group{Name: result}
		for _, d := range r.Devices {
			if d.Result == result {
				g.Items = append(g.Items, clean(d.Name))
			}
		}
		if len(g.Items) > 0 {
			out = append(out, g)
		}
	}
	return out
}

func stages(r *sysprep.Record) []stage {
	var out []stage
	for _, name := range sysprep.Stages() {
		s := stage{Name: name}
		for _, p := range r.Providers {
			if p.Stage == name {
				p.Name, p.Does, p.Status = clean(p.Name), clean(p.Does), sysprep.Status(clean(string(p.Status)))
				s.Providers = append(s.Providers, p)
			}
		}
		if len(s.Providers) > 0 {
			out = append(out, s)
		}
	}
	return out
}
