package validate_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/validate"
)

const typical = "testdata/typical.xml"

func TestATypicalFileIsClean(t *testing.T) {
	if found := check(t, typical, read(t, typical)); len(found.All) > 0 {
		t.Errorf("got\n%s", lines(found))
	}
}

// wrap puts settings of Shell-Setup into oobeSystem, each on the line it has.
func wrap(settings string) []byte {
	return []byte(`<unattend xmlns="urn:schemas-microsoft-com:unattend"><settings pass="oobeSystem"><component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS">` + settings + `</component></settings></unattend>`)
}

func TestSecretsAreNeverShown(t *testing.T) {
	const word = "Xyzzy5ecret"
	for _, c := range []struct {
		settings string
		hidden   bool
	}{
		{`<AutoLogon><Password><Value>` + word + `</Value></Password></AutoLogon>`, true},
		{`<AutoLogon><Password>` + word + `</Password></AutoLogon>`, true},
		{`<AutoLogon><Password><Value>x</Value>` + word + `</Password></AutoLogon>`, true},
		{`<UserAccounts><AdministratorPassword><Value> ` + word + ` </Value></AdministratorPassword></UserAccounts>`, true},
		{`<MyPassword>` + word + `</MyPassword>`, true},
		{`<Unknown><Password><Value>` + word + `</Value></Password></Unknown>`, true},
		{`<ProductKey>` + word + `</ProductKey>`, true},
		{`<ProdutcKey>` + word + `</ProdutcKey>`, true},
		{`<AutoLogon><Pasword><Value>` + word + `</Value></Pasword></AutoLogon>`, true},
		{`<AutoLogon><Password><PlainText>` + word + `</PlainText></Password></AutoLogon>`, true},
		{`<Unknown><Pasword>` + word + `</Pasword></Unknown>`, true},
		{`<AutoLogon><Password><Value><!-- ` + word + ` --></Value></Password></AutoLogon>`, true},
		{`<AutoLogon><Password><Value>x<?was ` + word + `?></Value></Password></AutoLogon>`, true},
		{`<AutoLogon><Password Value="` + word + `"/></AutoLogon>`, true},
		{`<AutoLogon><Password><Value><` + word + `/></Value></Password></AutoLogon>`, true},
		{`<AutoLogon Password="` + word + `"/>`, true},
		{`<AutoLogon><Password><` + word + `/></Password></AutoLogon>`, true},
		{`<AutoLogon><Password><` + word + `>x</` + word + `></Password></AutoLogon>`, true},
		{`<!-- the password is ` + word + ` -->`, true},
		{`<Pswd>` + word + `</Pswd>`, true},
		{`<Kennwort>` + word + `</Kennwort>`, true},
		{`<Contraseña>` + word + `</Contraseña>`, true},
		{`<RegisteredOwner>` + word + `</RegisteredOwner>`, false},
		{`<!-- ` + word + ` -->`, false},
		{`<TimeZone><` + word + `/></TimeZone>`, false},
		{`<Unknown>` + word + `</Unknown>`, false},
	} {
		text := wrap(c.settings)
		found := check(t, "a.xml", text)
		for _, d := range found.All {
			said := d.Message + d.Help + d.Why + d.Setting
			for _, rel := range d.Related {
				said += rel.Message
			}
			if d.Fix != nil {
				for _, e := range d.Fix.Edits {
					said += e.Text
				}
			}
			if c.hidden && strings.Contains(said, word) {
				t.Errorf("%s: a message tells the secret: %s", c.settings, d.Message)
			}
		}
		a, _ := xmldoc.Read("a.xml", text)
		validate.Check(a, validate.Options{})
		if shown := strings.Contains(a.Source.Line(1).Shown(), word); shown == c.hidden {
			t.Errorf("%s: shown %v: %s", c.settings, shown, a.Source.Line(1).Shown())
		}
	}
}

func TestASpecificRuleSpeaksInsteadOfAGeneralOne(t *testing.T) {
	for _, c := range []struct{ name, settings, want string }{
		{"a computer name of its own rule", `<ComputerName>a.b.c.d.e.f.g.h.i.j</ComputerName>`, "setting-in-wrong-pass computer-name-characters computer-name-too-long"},
		{"an Order that is no number", `<FirstLogonCommands><SynchronousCommand xmlns:w="http://schemas.microsoft.com/WMIConfig/2002/State" w:action="add"><Order>x</Order></SynchronousCommand></FirstLogonCommands>`, "list-order-out-of-range"},
		{"elements in a value are no unknown settings", `<TimeZone><A><B/></A></TimeZone>`, "text-in-container"},
		{"an unknown setting is reported once", `<Elsewhere><A><B>x</B></A></Elsewhere>`, "unknown-setting"},
		{"a placeholder has no type", `<OOBE><HideEULAPage>${hide}</HideEULAPage></OOBE>`, "unexpanded-template-placeholder"},
		{"a directive is no stray text", `<OOBE>{% if hide %}<HideEULAPage>true</HideEULAPage>{% endif %}</OOBE>`, "unexpanded-template-placeholder unexpanded-template-placeholder"},
		{"alternatives of a template are no duplicates", `<OOBE>{% if hide %}<HideEULAPage>true</HideEULAPage>{% else %}<HideEULAPage>false</HideEULAPage>{% endif %}</OOBE>`, "unexpanded-template-placeholder unexpanded-template-placeholder unexpanded-template-placeholder"},
		{"a deleted secret is no key", `<AutoLogon><Password><Value>*SENSITIVE*DATA*DELETED*</Value></Password><LogonCount>1</LogonCount></AutoLogon>`, "sensitive-data-placeholder"},
		{"a deprecated group and a removed child are two things", `<VisualEffects><FontSmoothing>Standard</FontSmoothing></VisualEffects>`, "deprecated-setting deprecated-setting"},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := check(t, "a.xml", wrap(c.settings))
			var got []string
			for _, d := range found.All {
				got = append(got, d.Rule)
			}
			want := strings.Fields(c.want)
			if !sameWords(got, want) {
				t.Errorf("got %v, want %v\n%s", got, want, lines(found))
			}
		})
	}
}

func sameWords(a, b []string) bool {
	count := map[string]int{}
	for _, w := range a {
		count[w]++
	}
	for _, w := range b {
		count[w]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}

func TestPlaceholdersMayBeAllowed(t *testing.T) {
	text := wrap(`<OOBE><HideEULAPage>${hide}</HideEULAPage>{{ more }}</OOBE>`)
	a, _ := xmldoc.Read("a.xml", text)
	if found := validate.Check(a, validate.Options{AllowPlaceholders: true}); len(found.All) > 0 {
		t.Errorf("got\n%s", lines(found))
	}
	if found := validate.Check(a, validate.Options{}); len(found.All) != 2 {
		t.Errorf("want both placeholders, got\n%s", lines(found))
	}
}

// The release of the target decides what is retired, and doubt lowers.
func TestTheTargetDecidesWhatIsRetired(t *testing.T) {
	retired := wrap(`<Themes><ScreenSaver>C:\a.scr</ScreenSaver></Themes>`)
	for _, c := range []struct{ windows, rule, severity string }{
		{"", "deprecated-setting", "info"},
		{"10-1607", "", ""},
		{"11-24h2", "setting-not-in-target-version", "error"},
	} {
		a, _ := xmldoc.Read("a.xml", retired)
		a.Target = schema.Target{Windows: c.windows}
		got := ""
		for _, d := range validate.Check(a, validate.Options{}).All {
			if strings.HasSuffix(d.Setting, "ScreenSaver") && d.Rule != "setting-in-wrong-pass" {
				got = d.Rule + " " + d.Severity.String()
			}
		}
		if got != strings.TrimSpace(c.rule+" "+c.severity) {
			t.Errorf("%q: got %q, want %s %s", c.windows, got, c.rule, c.severity)
		}
	}
}

func TestFindingsSayWhereTheyAre(t *testing.T) {
	found := check(t, "a.xml", wrap(`<OOBE><HideEULAPage>perhaps</HideEULAPage></OOBE>`))
	if len(found.All) != 1 {
		t.Fatalf("got\n%s", lines(found))
	}
	d := found.All[0]
	if d.Pass != "oobeSystem" || d.Component != "Microsoft-Windows-Shell-Setup" || d.Setting != "OOBE/HideEULAPage" || d.Span.Text() != "perhaps" {
		t.Errorf("got %s %s %s %q", d.Pass, d.Component, d.Setting, d.Span.Text())
	}
}

// FuzzCheck feeds whatever the reader takes: no panic, every place inside of
// the text, and the same findings in a second run.
func FuzzCheck(f *testing.F) {
	names, err := filepath.Glob(samples + "/*/*.xml")
	if err != nil || len(names) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, name := range names {
		f.Add(read(f, name), uint8(0))
	}
	uses := append(schema.Uses(), "")
	f.Fuzz(func(t *testing.T, text []byte, pick uint8) {
		a, _ := xmldoc.Read("fuzz.xml", text)
		if a == nil {
			return
		}
		a.Target = schema.Target{Use: uses[int(pick)%len(uses)], Windows: "11-24h2", Architecture: "arm64"}
		if pick >= 128 {
			a.Invocation = &schema.Invocation{Mode: "audit", Generalize: pick%2 == 0}
		}
		first := validate.Check(a, validate.Options{Strict: true})
		inside(t, first)
		if again := validate.Check(a, validate.Options{Strict: true}); lines(again) != lines(first) {
			t.Errorf("two runs differ:\n%s\n%s", lines(first), lines(again))
		}
	})
}

func inside(t *testing.T, found *diag.List) {
	t.Helper()
	for _, d := range found.All {
		if s := d.Span; s.File == nil || s.Start < 0 || s.Start > s.End || s.End > len(s.File.Text) {
			t.Errorf("%s: no place in the text: %+v", d.Rule, s)
		}
		if d.Fix == nil {
			continue
		}
		for _, e := range d.Fix.Edits {
			if e.Span.File == nil || e.Span.Start < 0 || e.Span.Start > e.Span.End || e.Span.End > len(e.Span.File.Text) {
				t.Errorf("%s: the fix has no place in the text: %+v", d.Rule, e.Span)
			}
		}
	}
}

// BenchmarkCheck checks a typical answer file of about 200 lines.
func BenchmarkCheck(b *testing.B) {
	files := load(b, typical, read(b, typical))
	b.ReportAllocs()
	for b.Loop() {
		validate.Check(files[0], validate.Options{})
	}
}
