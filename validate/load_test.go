package validate_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/reseal/reseal/compiler"
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/xmldoc"
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
	"github.com/reseal/reseal/validate"
)

// targetLine is how a sample in XML says what a flag would say:
// <!-- target: windows=11-24h2 use=sysprep mode=oobe generalize=true -->
var targetLine = regexp.MustCompile(`<!-- target: (.*) -->`)

// load reads a sample, an answer file or a profile, into its answer files.
// What reading finds belongs to other packages and fails the test.
func load(t testing.TB, name string, text []byte) []*answer.File {
	t.Helper()
	if strings.HasSuffix(name, ".yaml") {
		p, found := compiler.Parse(source.NewFile(name, text), compiler.Options{})
		if p == nil || found.Has(diag.Error) {
			t.Fatalf("%s does not compile: %s", name, lines(found))
		}
		var files []*answer.File
		for _, out := range p.Outputs {
			files = append(files, out.Answer)
		}
		return files
	}
	a, found := xmldoc.Read(name, text)
	if a == nil || found.Has(diag.Error) {
		t.Fatalf("%s cannot be read: %s", name, lines(found))
	}
	if m := targetLine.FindSubmatch(text); m != nil {
		aim(t, a, string(m[1]))
	}
	return []*answer.File{a}
}

// aim sets target and invocation from words such as "use=sysprep mode=oobe".
func aim(t testing.TB, a *answer.File, words string) {
	t.Helper()
	inv := &schema.Invocation{}
	for word := range strings.FieldsSeq(words) {
		key, value, _ := strings.Cut(word, "=")
		switch key {
		case "windows":
			a.Target.Windows = value
		case "architecture":
			a.Target.Architecture = value
		case "use":
			a.Target.Use = value
		case "mode":
			inv.Mode, a.Invocation = value, inv
		case "generalize":
			inv.Generalize, a.Invocation = value == "true", inv
		default:
			t.Fatalf("%q is no word of a target line", word)
		}
	}
}

// check runs all checks over all answer files of a sample.
func check(t testing.TB, name string, text []byte) *diag.List {
	t.Helper()
	all := &diag.List{}
	for _, a := range load(t, name, text) {
		all.Add(validate.Check(a, validate.Options{Images: imagesOf(t, text), Image: meantImage(t, text)}).All...)
	}
	all.Sort()
	return all
}

// imageLine is how a sample names an image that it is checked against, in a
// comment of XML or YAML: image: index=6; name=Windows 11 Pro; languages=en-US.
var imageLine = regexp.MustCompile(`(?m)^(?:<!--|#) image: (.*?)(?: -->)?$`)

// meantLine is how a sample names the one of its images that is meant.
var meantLine = regexp.MustCompile(`(?m)^(?:<!--|#) image-index: ([0-9]+)`)

func meantImage(t testing.TB, text []byte) int {
	t.Helper()
	m := meantLine.FindSubmatch(text)
	if m == nil {
		return 0
	}
	n, err := strconv.Atoi(string(m[1]))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func imagesOf(t testing.TB, text []byte) []schema.Image {
	t.Helper()
	var images []schema.Image
	for _, m := range imageLine.FindAllSubmatch(text, -1) {
		var i schema.Image
		for part := range strings.SplitSeq(string(m[1]), "; ") {
			key, value, _ := strings.Cut(part, "=")
			var err error
			switch key {
			case "index":
				i.Index, err = strconv.Atoi(value)
			case "name":
				i.Name = value
			case "description":
				i.Description = value
			case "architecture":
				i.Architecture = value
			case "edition":
				i.Edition = value
			case "languages":
				i.Languages = strings.Split(value, ",")
			case "windows":
				i.Windows, i.Build = value, schema.FindRelease(value).Build
			case "roles":
				i.Roles = strings.Split(value, ",")
			case "version":
				i.Version = value
				i.Build, err = strconv.Atoi(strings.Split(value, ".")[2])
			default:
				t.Fatalf("%q is no word of an image line", part)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		images = append(images, i)
	}
	return images
}

// lines writes diagnostics one a line, with the other places below.
func lines(l *diag.List) string {
	var b strings.Builder
	for _, d := range l.All {
		from, to := d.Span.Position(), d.Span.EndPosition()
		fmt.Fprintf(&b, "%d:%d-%d:%d %s %s: %s\n", from.Line, from.Column, to.Line, to.Column, d.Severity, d.Rule, d.Message)
		for _, rel := range d.Related {
			at := rel.Span.Position()
			fmt.Fprintf(&b, "  %d:%d %s\n", at.Line, at.Column, rel.Message)
		}
	}
	return b.String()
}
