package diff

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/schema/answer"
)

// sample has every form of a setting: scalars, groups, lists of all kinds of
// keys, passwords, attributes, packages and foreign content.
func sample() string {
	return unattend(`<servicing><package action="configure"><assemblyIdentity name="Foundation"/><selection name="S" state="true"/></package></servicing>` +
		`<settings pass="specialize">` +
		componentXML("Microsoft-Windows-Shell-Setup", "amd64", `<ComputerName>PC1</ComputerName><CopyProfile>true</CopyProfile>`) +
		componentXML("Microsoft-Windows-Shell-Setup", "x86", `<TimeZone>UTC</TimeZone>`) +
		componentXML("Microsoft-Windows-TCPIP", "amd64", `<Interfaces><Interface wcm:action="add"><Identifier>LAN</Identifier><UnicastIpAddresses>`+
			address("1", "10.0.0.1/8")+address("2", "10.0.0.2/8")+`</UnicastIpAddresses></Interface></Interfaces>`) +
		`</settings><settings pass="oobeSystem" wasPassProcessed="true">` +
		componentXML("Microsoft-Windows-Shell-Setup", "amd64", `<FirstLogonCommands>`+command("1", "a")+command("2", "b")+command("3", "c")+`</FirstLogonCommands>`+
			`<UserAccounts><LocalAccounts><LocalAccount wcm:action="add"><Name>u</Name><Group>Users</Group><Password><Value>throw-away</Value><PlainText>true</PlainText></Password></LocalAccount>`+
			`<LocalAccount wcm:action="add"><Name>v</Name></LocalAccount></LocalAccounts></UserAccounts>`) +
		componentXML("Unknown", "amd64", `<Thing a="1"><Part>1</Part><Part>2</Part></Thing>`) +
		`</settings><x:Extensions xmlns:x="urn:x"><x:File path="p">text</x:File></x:Extensions>`)
}

// Every single change of the sample's tree is a difference, at a place that
// can be shown.
func TestEveryMutationIsADifference(t *testing.T) {
	mutate := map[string]func(*answer.Setting) bool{
		"another text": func(s *answer.Setting) bool {
			s.Text += "x"
			return len(s.Children) == 0 && !strings.EqualFold(s.Name, "Order")
		},
		"another name":      func(s *answer.Setting) bool { s.Name += "x"; return true },
		"another namespace": func(s *answer.Setting) bool { s.Space += "urn:y"; return true },
		"a new attribute": func(s *answer.Setting) bool {
			s.Attributes = append(s.Attributes, answer.Attribute{Name: "new"})
			return true
		},
		"a new child": func(s *answer.Setting) bool {
			s.Children = append(s.Children, &answer.Setting{Name: "New"})
			return true
		},
		"a new instruction": func(s *answer.Setting) bool {
			s.Extra = append(s.Extra, answer.Extra{Kind: answer.Instruction, Text: "new"})
			return true
		},
		"without attributes": func(s *answer.Setting) bool { had := len(s.Attributes) > 0; s.Attributes = nil; return had },
		"without children":   func(s *answer.Setting) bool { had := len(s.Children) > 0; s.Children = nil; return had },
		"the last child first": func(s *answer.Setting) bool {
			n := len(s.Children)
			if n < 2 || s.Name != "Thing" && s.Name != "FirstLogonCommands" && s.Name != "UnicastIpAddresses" {
				return false
			}
			if s.Name != "Thing" { // the numbers make the sequence, so they stay
				s.Children[0].Children, s.Children[n-1].Children = s.Children[n-1].Children, s.Children[0].Children
				s.Children[0].Text, s.Children[n-1].Text = s.Children[n-1].Text, s.Children[0].Text
				for _, c := range []*answer.Setting{s.Children[0], s.Children[n-1]} {
					if len(c.Children) > 0 {
						c.Children[0] = &answer.Setting{Name: "Order", Text: fmt.Sprint(1 + slices.Index(s.Children, c))}
					}
				}
				return true
			}
			slices.Reverse(s.Children)
			return true
		},
	}
	base := read("a", sample())
	total := 0
	for name, change := range mutate {
		for i := range all(base) {
			b := read("b", sample())
			at := all(b)[i]
			if !change(at) {
				continue
			}
			total++
			changes := Compare(base, b)
			if len(changes) == 0 {
				t.Errorf("%s of %s %d is no difference", name, at.Name, i)
			}
			for _, c := range changes {
				if c.Setting == "" && c.Component == "" && c.Pass == "" || !c.AtA.Known() && !c.AtB.Known() && !strings.HasPrefix(name, "a new") {
					t.Errorf("%s of %s has no place: %+v", name, at.Name, c)
				}
			}
		}
	}
	if total < 150 {
		t.Errorf("only %d mutations were made", total)
	}
}

// all are the settings, packages and foreign elements of a file.
func all(f *answer.File) (out []*answer.Setting) {
	var below func([]*answer.Setting)
	below = func(list []*answer.Setting) {
		for _, s := range list {
			out = append(out, s)
			below(s.Children)
		}
	}
	for _, p := range f.Passes {
		for _, c := range p.Components {
			below(c.Settings)
		}
	}
	below(f.Packages)
	for _, x := range f.Extra {
		if x.Kind == answer.Element {
			below([]*answer.Setting{x.Element})
		}
	}
	return out
}

func TestSecretsAreNeverShown(t *testing.T) {
	secrets := func(n string) string {
		return unattend(`<settings pass="oobeSystem">` + componentXML("Microsoft-Windows-Shell-Setup", "amd64",
			`<AutoLogon><Password><Value>hush-1`+n+`</Value><PlainText>true</PlainText></Password></AutoLogon><ProductKey>hush-2`+n+`</ProductKey>`+
				`<Novelty><MyPassword at="hush-3`+n+`">hush-4`+n+`<A/>hush-5`+n+`</MyPassword><Value>hush-6`+n+`</Value><PlainText>true</PlainText></Novelty>`+
				`<Other><Value>hush-7`+n+`</Value><PlainText>no</PlainText></Other>`) +
			componentXML("Microsoft-Windows-SNMP-Agent-Service", "amd64", "") + `</settings><x:e xmlns:x="urn:x" password="hush-8` + n + `"><x:Secret>hush-9` + n + `</x:Secret></x:e>`)
	}
	a, b, none := read("a", secrets("a")), read("b", secrets("b")), read("c", unattend(""))
	for _, pair := range [][2]*answer.File{{a, b}, {a, none}, {none, b}} {
		changes := Compare(pair[0], pair[1])
		if len(changes) < 9 {
			t.Errorf("only %d changes", len(changes))
		}
		text, doc := shown(t, &Report{A: "a", B: "b", Outputs: []Output{{Changes: changes}}})
		for _, out := range []string{text, doc} {
			if strings.Contains(out, "hush") {
				t.Errorf("a secret is shown in\n%s", out)
			}
		}
	}
}

func shown(t *testing.T, r *Report) (text, doc string) {
	t.Helper()
	var b strings.Builder
	if err := r.WriteText(&b, Style{}); err != nil {
		t.Fatal(err)
	}
	raw, err := json.MarshalIndent(r.Document(), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), string(raw)
}

// FuzzDiff holds what every user of a comparison relies on: a file equals
// itself and its canonical form, a difference is one both ways, and answer
// files that answer.Equal finds equal have none.
func FuzzDiff(f *testing.F) {
	small := func(content string) string {
		return `<unattend xmlns="urn:schemas-microsoft-com:unattend">` + content + `</unattend>`
	}
	f.Add(small(`<settings pass="specialize"><component name="A"><B>1</B></component></settings>`), small(`<servicing><package><selection name="x"/></package></servicing>`))
	f.Add(commands(command("1", "a"), command("1", "b")), commands(command("2", "b"), command("x", "")))
	f.Add(addresses(address("1", "a")+address("3", "b")), addresses(address("1", "a")+address("2", "b")))
	f.Add(account("u", "<Password><Value>QUJD</Value><PlainText>false</PlainText></Password>"), account("U", "<Password><Value/><PlainText>x</PlainText></Password>"))
	f.Add(unattend(`<x:e xmlns:x="urn:x">a<x:b/>c<?d e?></x:e>`), unattend(`<e xmlns=""><b><b/></b></e>`))
	f.Add(shell("<A><Order>1</Order><Order/></A><A/><B wcm:keyValue='1'/><B/>"), shell("<B wcm:keyValue='01'/><A>1<B/>2</A>"))
	f.Fuzz(func(t *testing.T, x, y string) {
		a, problems := xmldoc.Read("a.xml", []byte(x))
		b, _ := xmldoc.Read("b.xml", []byte(y))
		if got := Compare(a, a); len(got) > 0 {
			t.Fatalf("a file differs from itself: %q", lines(got))
		}
		ab, ba := Compare(a, b), Compare(b, a)
		if (len(ab) == 0) != (len(ba) == 0) || (len(ab) == 0) != (reduce(a).sum == reduce(b).sum) {
			t.Fatalf("one way %q, the other %q", lines(ab), lines(ba))
		}
		if answer.Equal(a, b) == "" && len(ab) > 0 {
			t.Fatalf("equal files differ: %q", lines(ab))
		}
		if problems.Has(diag.Error) {
			return
		}
		rewritten, err := xmldoc.Write(a)
		if err != nil {
			t.Fatal(err)
		}
		if got := Compare(a, read("r.xml", string(rewritten))); len(got) > 0 {
			t.Fatalf("the canonical form differs: %q", lines(got))
		}
	})
}

// The real files of RESEAL_CORPUS against themselves, their canonical form and
// their neighbours.
func TestCorpusAgainstItself(t *testing.T) {
	folder := os.Getenv("RESEAL_CORPUS")
	if folder == "" {
		t.Skip("RESEAL_CORPUS names no folder of answer files")
	}
	raw, err := os.ReadFile(filepath.Join(folder, "index.json"))
	if err != nil {
		t.Fatal(err)
	}
	var index struct {
		Files []struct {
			File       string `json:"file"`
			WellFormed bool   `json:"well_formed"`
		}
	}
	if err := json.Unmarshal(raw, &index); err != nil {
		t.Fatal(err)
	}
	var before *answer.File
	for _, entry := range index.Files {
		data, err := os.ReadFile(filepath.Join(folder, "files", entry.File))
		if err != nil {
			t.Fatal(err)
		}
		a, _ := xmldoc.Read(entry.File, data)
		again, _ := xmldoc.Read("again", data)
		if got := Compare(a, again); len(got) > 0 {
			t.Errorf("%s differs from itself: %d changes, first at %s", entry.File, len(got), got[0].Setting)
		}
		if entry.WellFormed {
			out, err := xmldoc.Write(a)
			if err != nil {
				t.Errorf("%s: %v", entry.File, err)
			} else if got := Compare(a, read("rewritten", string(out))); len(got) > 0 {
				t.Errorf("%s differs from its canonical form: %d changes, first at %s", entry.File, len(got), got[0].Setting)
			}
		}
		if before != nil && (len(Compare(before, a)) == 0) != (len(Compare(a, before)) == 0) {
			t.Errorf("%s and the file before it differ one way only", entry.File)
		}
		before = a
	}
	if len(index.Files) == 0 {
		t.Error("the corpus is empty")
	}
}
