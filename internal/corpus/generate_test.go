package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
)

// generator makes answer files that nobody would write: settings of the
// catalogue in any order and number, with whatever XML allows around them.
type generator struct {
	*rand.Rand
	out   strings.Builder
	cased bool // names in odd letters were used, so that a place can have two names
}

// one tells that something is to happen that happens once in n times.
func (g *generator) one(n int) bool { return g.IntN(n) == 0 }

func (g *generator) pick(words ...string) string { return words[g.IntN(len(words))] }

func (g *generator) write(parts ...string) {
	for _, p := range parts {
		g.out.WriteString(p)
	}
}

func (g *generator) file() string {
	g.write(g.pick("", `<?xml version="1.0"?>`+"\n", "<!-- a -->", "<?p?>"))
	g.write(`<unattend xmlns="urn:schemas-microsoft-com:unattend" xmlns:wcm="http://schemas.microsoft.com/WMIConfig/2002/State" xmlns:x="urn:x"`, g.attributes(8), ">\n")
	if g.one(3) {
		g.servicing()
	}
	for range g.IntN(4) {
		g.loose(6)
		g.pass()
	}
	g.loose(3)
	g.write("</unattend>", g.pick("", "\n", "<!-- z --><?q r?>"))
	return g.out.String()
}

// loose is what may stand between elements, once in n times.
func (g *generator) loose(n int) {
	if g.one(n) {
		g.write(g.pick("<!-- c -->", "<!--\n  c\n  d -->", "<?p i?>", " text ", "\n\n", "<x:f a='1'>b<c/></x:f>", "<f xmlns=''>&#13;</f>", "<![CDATA[<t>]]>"))
	}
}

func (g *generator) attributes(n int) string {
	if !g.one(n) {
		return ""
	}
	return g.pick(` a="b"`, ` x:a="&lt;${vars.b}"`, ` wcm:other=""`, ` xml:lang="de" a=""`, ` Name="y"`, ` y:a="1" xmlns:y="urn:y"`)
}

func (g *generator) servicing() {
	g.write("<servicing", g.attributes(5), ">")
	for range g.IntN(4) {
		g.loose(6)
		g.write(g.pick("<package>", `<package action="install">`, `<package action="configure" a="b">`))
		for range g.IntN(4) {
			g.loose(8)
			g.write(g.pick(`<assemblyIdentity name="a" version="1.0"/>`, `<source location="c:\a"/>`, `<source/>`, `<selection name="a" state="true"/>`,
				`<selection name="b" state="no" c="d"/>`, `<other/>`, `<source location="a">t</source>`))
		}
		g.write("</package>", g.pick("", "", "<odd/>"))
	}
	g.write("</servicing>")
}

func (g *generator) pass() {
	name := g.pick("specialize", "windowsPE", "oobeSystem", "Specialize", "generalize", "no such", "$x", "a/b")
	g.write(`<settings pass="`, name, `"`, g.attributes(6), ">\n")
	for range g.IntN(4) {
		g.loose(8)
		g.component()
	}
	g.loose(8)
	g.write("</settings>\n")
}

func (g *generator) component() {
	all := schema.Components()
	c := &all[g.IntN(len(all))]
	if g.one(3) {
		c = schema.FindComponent(g.pick("Microsoft-Windows-Shell-Setup", "Microsoft-Windows-Setup", "Microsoft-Windows-TCPIP", "Microsoft-Windows-DNS-Client", "Microsoft-Windows-Deployment"))
	}
	name := c.Name
	if g.one(8) {
		name, c = g.pick("Unknown", strings.ToLower(name), "a@b", ""), nil
	}
	if c == nil {
		c = schema.FindComponent(name)
	}
	g.write(`<component name="`, name, `"`)
	if !g.one(12) {
		g.write(` processorArchitecture="`, g.pick("amd64", "amd64", "amd64", "amd64", "x86", "{{ a }}"), `"`)
	}
	g.write(g.pick(` publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS"`, ` language="de"`, ` PublicKeyToken="x"`), ">\n")
	g.children(c, nil, 0)
	g.write("</component>\n")
}

func (g *generator) children(c *schema.Component, up *schema.Setting, depth int) {
	var known []schema.Setting
	if c != nil && (up != nil || depth == 0) {
		known = c.Children(up)
	}
	for range g.IntN(6 - depth/2) {
		g.loose(12)
		if len(known) == 0 || g.one(10) {
			g.element(c, nil, g.pick("Novelty", "Other", "env", "Order", "Key"), depth)
			continue
		}
		s := &known[g.IntN(len(known))]
		if s.Type == schema.KeyType {
			continue
		}
		name := s.Name()
		if g.one(20) {
			name, g.cased = strings.ToUpper(name), true
		}
		for range 1 + g.IntN(3)*g.IntN(2) {
			g.element(c, s, name, depth)
		}
	}
	g.loose(12)
}

func (g *generator) element(c *schema.Component, s *schema.Setting, name string, depth int) {
	g.write("<", name)
	item := s != nil && s.Kind == schema.Item
	if item && !g.one(6) || g.one(20) {
		g.write(` wcm:action="`, g.pick("add", "add", "add", "modify"), `"`)
	}
	if item && s.KeyAttr && !g.one(6) || g.one(30) {
		g.write(` wcm:keyValue="`, g.pick("1", "1", "2", "3", "a", "$b", "${vars.c}", ""), `"`)
	}
	g.write(g.attributes(15), ">")
	switch {
	case s != nil && !s.Container() || s == nil && g.one(2) || depth > 4:
		g.write(g.pick("", "1", "true", "two words", " ", "a\nb", "no", "01", "${vars.x}", "<![CDATA[x]]>", "UTC", "*", "."))
		g.loose(15)
		if g.one(25) {
			g.write("<Inside>x</Inside>")
		}
	default:
		if item && s.Key == "Order" && !g.one(5) {
			g.write("<Order>", fmt.Sprint(g.IntN(6)), "</Order>")
		}
		if g.one(20) {
			g.write("text")
		}
		g.children(c, s, depth+1)
	}
	g.write("</", name, ">", g.pick("", "\n"))
}

func TestWhateverAnswerFilesHoldComesBack(t *testing.T) {
	const files = 400
	whole := 0
	for seed := range uint64(files) {
		g := &generator{Rand: rand.New(rand.NewPCG(seed, 7))}
		data := []byte(g.file())
		profile, xml, err := roundTrip("in.xml", data)
		if err != nil {
			if _, broken := tree(data); broken == nil {
				t.Errorf("seed %d: %v\n%s", seed, err, data)
			}
			continue
		}
		whole++
		if diff := compare(data, xml); diff != "" {
			t.Fatalf("seed %d: %s\n%s\n%s\n%s", seed, diff, data, profile.Profile, xml)
		}
		for _, entry := range verbatimOf(t, profile.Profile) {
			if form := otherForm(entry, xml); form != "" && !g.cased {
				t.Fatalf("seed %d: under verbatim stands what has another form: %s: %s\n%s", seed, entry.in, form, profile.Profile)
			}
		}
	}
	if whole < files/2 {
		t.Errorf("only %d of %d files were of use", whole, files)
	}
}
