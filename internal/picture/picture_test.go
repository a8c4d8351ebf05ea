package picture

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/sysprep"
)

// forms are the two ways to draw.
var forms = []struct {
	name  string
	write func(io.Writer, *sysprep.Record, Options) error
}{{"svg", SVG}, {"html", HTML}}

func draw(t testing.TB, write func(io.Writer, *sysprep.Record, Options) error, r *sysprep.Record, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, r, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// parsed is what a strict reader finds: text, links, ids, and the names of
// elements and attributes.
type parsed struct {
	text, hrefs, ids, names []string
}

func parse(t testing.TB, text []byte) parsed {
	t.Helper()
	var p parsed
	d := xml.NewDecoder(bytes.NewReader(text))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return p
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			p.names = append(p.names, x.Name.Local)
			for _, a := range x.Attr {
				p.names = append(p.names, "@"+a.Name.Local)
				switch a.Name.Local {
				case "href":
					p.hrefs = append(p.hrefs, a.Value)
				case "id":
					p.ids = append(p.ids, a.Value)
				}
			}
		case xml.CharData:
			p.text = append(p.text, string(x))
		}
	}
}

func TestPicturesStayAsTheyAre(t *testing.T) {
	for _, f := range forms {
		golden(t, "plan."+f.name, draw(t, f.write, record(), options()))
	}
}

func TestTheSameRecordGivesTheSameBytes(t *testing.T) {
	for _, f := range forms {
		if !bytes.Equal(draw(t, f.write, record(), options()), draw(t, f.write, record(), options())) {
			t.Errorf("%s differs", f.name)
		}
	}
}

func TestPicturesNeedNothingElse(t *testing.T) {
	for _, f := range forms {
		p := parse(t, draw(t, f.write, record(), options()))
		for _, banned := range []string{"script", "img", "image", "iframe", "link", "object", "@src", "@onclick", "@onload", "foreignObject", "use"} {
			if slices.Contains(p.names, banned) {
				t.Errorf("%s has %s", f.name, banned)
			}
		}
		text := string(draw(t, f.write, record(), options()))
		for _, banned := range []string{"url(", "@import", "@font-face"} {
			if strings.Contains(text, banned) {
				t.Errorf("%s has %s", f.name, banned)
			}
		}
		if !strings.Contains(text, "prefers-color-scheme:dark") && !strings.Contains(text, "prefers-color-scheme: dark") {
			t.Errorf("%s knows no dark", f.name)
		}
	}
}

func TestEverySettingLeadsToItsLine(t *testing.T) {
	p := parse(t, draw(t, HTML, record(), options()))
	for _, href := range p.hrefs {
		if id, ok := strings.CutPrefix(href, "#"); ok && !slices.Contains(p.ids, id) {
			t.Errorf("%s leads nowhere", href)
		}
	}
	for _, want := range []string{"#f0-3", "#f0-4", "#f0-5", "#f0-6", "#f0-7", "profiles/golden%20image.yaml#L3", "base.yaml#L9"} {
		if !slices.Contains(p.hrefs, want) {
			t.Errorf("no link to %s in %q", want, p.hrefs)
		}
	}
	svg := parse(t, draw(t, SVG, record(), options()))
	for _, want := range []string{"profiles/golden%20image.yaml#L3", "profiles/golden%20image.yaml#L5", "base.yaml#L9"} {
		if !slices.Contains(svg.hrefs, want) {
			t.Errorf("no link to %s in %q", want, svg.hrefs)
		}
	}
}

func TestSecretsAndOtherLinesStayOutOfThePage(t *testing.T) {
	text := string(draw(t, HTML, record(), options()))
	for _, secret := range []string{"correct-horse", "hush-hush", "version: reseal"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is in the page", secret)
		}
	}
	if !strings.Contains(text, "password: ***") || !strings.Contains(text, "autoLogon") {
		t.Error("the line of the password is not shown masked")
	}
}

// Whatever text gets into a record, it stays text.
func TestEverythingIsEscaped(t *testing.T) {
	const evil = `</style></title></text><script>alert(1)</script>"'&<!--]]>{{.}}` + "\x1b[31m\u202e\x00\uffff"
	r := record()
	r.Command, r.Notes, r.Target.Windows = evil, []string{evil}, evil
	for i := range r.Boots {
		b := &r.Boots[i]
		b.Mode, b.ImageStates, b.Ends = evil, []string{evil}, evil
		for j := range b.Passes {
			p := &b.Passes[j]
			p.Pass, p.AnswerFile = evil, evil
			p.Applied = []sysprep.Applied{{Component: evil, Setting: evil, Value: evil, At: evil + ":3"}}
			p.Ignored = []sysprep.Ignored{{Component: evil, Setting: evil, Reason: evil, At: "javascript:alert(1):4"}}
			p.Commands = []sysprep.RunCommand{{List: evil, Line: evil, Description: evil, At: "//example.org/a:5"}}
		}
	}
	r.Boots[4].Logon = &sysprep.Logon{Account: evil, Commands: []sysprep.RunCommand{{Line: evil}}}
	r.Phases[0].Steps[0] = sysprep.Step{Name: evil, Status: sysprep.Status(evil), Detail: evil, Remedy: evil, Source: "javascript:alert(1)"}
	r.Providers[0].Name, r.Devices[0].Name, r.Removes[0].What = evil, evil, evil
	for _, f := range forms {
		text := draw(t, f.write, r, Options{Title: evil, Sources: []*source.File{source.NewFile(evil, []byte("\n\n"+evil))}})
		p := parse(t, text)
		if slices.Contains(p.names, "script") {
			t.Errorf("%s: a script gets in", f.name)
		}
		if bytes.ContainsAny(text, "\x1b\x00\u202e") {
			t.Errorf("%s: a control character gets in", f.name)
		}
		for _, href := range p.hrefs {
			scheme, _, _ := strings.Cut(href, ":")
			if strings.EqualFold(scheme, "javascript") || strings.HasPrefix(href, "//") {
				t.Errorf("%s: a link to %s", f.name, href)
			}
		}
	}
}

func TestPlaces(t *testing.T) {
	for at, want := range map[string]string{
		"profile.yaml:12":      "profile.yaml#L12",
		"C:/images/a b.yaml:3": "C%3A/images/a%20b.yaml#L3",
		`dir\a.yaml:3`:         "dir/a.yaml#L3",
		"a.yaml":               "a.yaml",
		"a.yaml:0":             "a.yaml%3A0",
		"<stdin>:3":            "",
		"":                     "",
		"/etc/a.yaml:1":        "/etc/a.yaml#L1",
		"100%#?.yaml:1":        "100%25%23%3F.yaml#L1",
	} {
		if got := placeOf(at).href(); got != want {
			t.Errorf("%q leads to %q, want %q", at, got, want)
		}
	}
}

func TestClipCountsWideLettersTwice(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string
	}{{"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"日本語", 6, "日本語"}, {"日本語", 5, "日…"}, {"", 3, ""}, {"x", 0, "…"}} {
		if got := clip(c.text, c.n); got != c.want {
			t.Errorf("%q in %d: %q, want %q", c.text, c.n, got, c.want)
		}
	}
}

func TestLongListsAreCutInADrawingAndFoldedInAPage(t *testing.T) {
	r := record()
	applied := &r.Boots[1].Passes[0].Applied
	for n := range 40 {
		*applied = append(*applied, sysprep.Applied{Component: "C", Setting: fmt.Sprintf("S%02d", n), Value: "v", At: "a.yaml:1"})
	}
	if svg := string(draw(t, SVG, r, options())); !strings.Contains(svg, "and 36 more") || strings.Contains(svg, "S39") {
		t.Error("the drawing is not cut")
	}
	page := string(draw(t, HTML, r, options()))
	if !strings.Contains(page, "S39") || !strings.Contains(page, `<details><summary class="faint">`) {
		t.Error("the page loses settings, or does not fold them")
	}
}

func TestAnEmptyRecordIsDrawn(t *testing.T) {
	for _, f := range forms {
		parse(t, draw(t, f.write, &sysprep.Record{}, Options{Sources: []*source.File{nil}}))
	}
}

func FuzzPictures(f *testing.F) {
	f.Add("a & b", "x.yaml:3", "<script>")
	f.Add("\x00\xff", "javascript:x:1", "]]>")
	f.Fuzz(func(t *testing.T, text, at, name string) {
		r := record()
		r.Command, r.Notes = text, []string{name}
		r.Boots[1].Passes[0].Applied = []sysprep.Applied{{Component: name, Setting: text, Value: text, At: at}}
		r.Boots[1].Passes[0].Commands[0].Line = text
		for _, form := range forms {
			p := parse(t, draw(t, form.write, r, Options{Title: name, Sources: []*source.File{source.NewFile(name, []byte(text))}}))
			if slices.Contains(p.names, "script") {
				t.Fatal("a script gets in")
			}
		}
	})
}

// counted counts the writes.
type counted struct{ writes, bytes int }

func (c *counted) Write(p []byte) (int, error) {
	c.writes, c.bytes = c.writes+1, c.bytes+len(p)
	return len(p), nil
}

// Standard output has no buffer of its own.
func TestAPageIsWrittenInLargePieces(t *testing.T) {
	var c counted
	if err := HTML(&c, record(), options()); err != nil || c.writes > 1+c.bytes/2048 {
		t.Errorf("%d bytes in %d writes, %v", c.bytes, c.writes, err)
	}
}

func TestEveryPictureNamesWhatStopsTheRun(t *testing.T) {
	r := record()
	r.Verdict = sysprep.VerdictFailed
	r.Phases[1].Add(sysprep.Step{Name: "bitlocker", Status: sysprep.StatusFailed, Detail: "BitLocker of the system volume is on"})
	for _, form := range forms {
		text := strings.Join(parse(t, draw(t, form.write, r, options())).text, " ")
		if !strings.Contains(text, "bitlocker") || !strings.Contains(text, "BitLocker of the system volume is on") {
			t.Errorf("%s: %s", form.name, text)
		}
	}
}
