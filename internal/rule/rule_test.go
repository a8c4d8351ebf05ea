package rule

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
)

// makers are the packages whose files raise rules of their own.
var makers = map[string]string{
	"yamldoc": "../yamldoc", "xmldoc": "../xmldoc", "compiler": "../../compiler", "validate": "../../validate", "sysprep": "../../sysprep",
}

// A rule that nothing raises would be a promise without a check.
func TestEveryRuleIsRaisedByThePackageThatItNames(t *testing.T) {
	text := map[string]string{}
	for name, folder := range makers {
		text[name] = sourceOf(t, folder)
	}
	for _, r := range All() {
		code, known := text[r.By]
		if !known {
			t.Errorf("%s: by %q, which is no package that raises rules", r.ID, r.By)
			continue
		}
		if !strings.Contains(code, "rule."+goName(r.ID)) {
			t.Errorf("%s: package %s never raises rule.%s", r.ID, r.By, goName(r.ID))
		}
	}
}

func sourceOf(t *testing.T, folder string) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no Go files in %s (%v)", folder, err)
	}
	var b strings.Builder
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(data)
	}
	return b.String()
}

func goName(id string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(id, "-") {
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return b.String()
}

func TestTextsAreSentencesAndSourcesArePublic(t *testing.T) {
	for _, r := range All() {
		if r.Severity == diag.Error && r.Confidence == "low" {
			t.Errorf("%s: an error needs better evidence than low", r.ID)
		}
		for name, text := range map[string]string{"why": r.Why, "help": r.Help} {
			if !strings.HasSuffix(strings.TrimSpace(text), ".") {
				t.Errorf("%s: %s is no sentence: %q", r.ID, name, text)
			}
		}
		for _, e := range r.Evidence {
			if prefix, _, cut := strings.Cut(e, ":"); cut && !strings.HasPrefix(e, "https://") && !strings.Contains(prefix, " ") {
				t.Errorf("%s: evidence %q is neither an address nor words", r.ID, e)
			}
		}
	}
}

func TestFindKnowsEveryRule(t *testing.T) {
	for _, r := range All() {
		if Find(r.ID) != r {
			t.Errorf("Find(%q) is another rule", r.ID)
		}
	}
	if Find("no-such-rule") != nil || Find("") != nil {
		t.Error("a rule that does not exist was found")
	}
}

func TestAtCarriesTheTextsOfTheRule(t *testing.T) {
	span := source.Span{File: source.NewFile("a.xml", []byte("x")), End: 1}
	d := UnknownSetting.At(span, "no setting %q", "X")
	if d.Rule != "unknown-setting" || d.Severity != diag.Error || d.Message != `no setting "X"` || d.Why != UnknownSetting.Why || d.Span != span {
		t.Errorf("got %+v", d)
	}
}
