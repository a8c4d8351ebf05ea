package templates_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/templates"
)

func TestEveryTemplateStandsAsItIs(t *testing.T) {
	all := templates.All()
	if len(all) < 3 {
		t.Fatalf("%d templates", len(all))
	}
	for _, tpl := range all {
		t.Run(tpl.Name, func(t *testing.T) {
			if tpl.Title == "" {
				t.Error("no title: the first comment tells what the template is for")
			}
			loaded := reseal.Load(tpl.Name+".yaml", tpl.Text, reseal.Options{})
			for _, d := range loaded.Check().All {
				t.Errorf("%s: %s: %s [%s]", d.Span, d.Severity, d.Message, d.Rule)
			}
			compileTemplate(t, loaded)
			if loaded.Outputs[0].Answer.Invocation != nil {
				rehearseTemplate(t, loaded)
			}
		})
	}
}

// compileTemplate compiles with a reader that has no secret at all.
func compileTemplate(t *testing.T, loaded *reseal.Loaded) {
	t.Helper()
	outputs, problems, err := loaded.Compile(func(*reseal.Secret) (string, error) { return "", errors.New("no secret is set") })
	if err != nil || problems.Has(reseal.Error) {
		t.Fatalf("does not compile: %v %v", err, problems.All)
	}
	for _, out := range outputs {
		dec := xml.NewDecoder(bytes.NewReader(out.XML))
		for {
			if _, err := dec.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("not well-formed: %v", err)
			}
		}
		if i := bytes.IndexFunc(out.XML, func(r rune) bool { return r > 0x7e }); i >= 0 {
			t.Errorf("not ASCII at byte %d", i)
		}
	}
}

func rehearseTemplate(t *testing.T, loaded *reseal.Loaded) {
	t.Helper()
	done, err := loaded.Plan(reseal.PlanOptions{Start: time.Unix(0, 0).UTC()})
	if err != nil || done.Record.Failed() {
		t.Fatalf("the rehearsal fails: %v %+v", err, done)
	}
}

func TestFindKnowsEveryNameAndNoOther(t *testing.T) {
	for _, name := range templates.Names() {
		if tpl, ok := templates.Find(name); !ok || len(tpl.Text) == 0 {
			t.Errorf("template %q is not found", name)
		}
	}
	if _, ok := templates.Find("../golden-image"); ok {
		t.Error("a path must not be a template")
	}
}
