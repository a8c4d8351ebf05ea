package answer

import (
	"strings"
	"testing"
)

// file is a small answer file that change may alter before it is compared.
func file(change func(*File)) *File {
	f := &File{Passes: []*Pass{
		{Name: "specialize", Components: []*Component{{
			Name: "Microsoft-Windows-Shell-Setup", Architecture: "amd64",
			Attributes: []Attribute{{Name: "language", Value: "neutral"}},
			Settings: []*Setting{
				{Name: "ComputerName", Text: "PC1"},
				{Name: "AutoLogon", Children: []*Setting{{Name: "Enabled", Text: "true"}, {Name: "Username", Text: "user"}}},
			},
		}}},
		{Name: "oobeSystem"},
	}}
	if change != nil {
		change(f)
	}
	return f
}

func top(f *File) *Component { return f.Passes[0].Components[0] }

func TestEqualIgnoresWhatTheXMLDoesNotSay(t *testing.T) {
	cases := map[string]func(*File){
		"nothing":             nil,
		"order of passes":     func(f *File) { f.Passes[0], f.Passes[1] = f.Passes[1], f.Passes[0] },
		"a comment":           func(f *File) { top(f).Extra = []Extra{{Kind: Comment, Text: "c"}} },
		"white space":         func(f *File) { top(f).Settings[1].Text = "\n  " },
		"a prefix":            func(f *File) { top(f).Settings[0].Prefix = "u" },
		"a style":             func(f *File) { top(f).Settings[0].Style = YAMLDouble; top(f).Settings[0].Raw = "\"PC1\"" },
		"the invocation":      func(f *File) { f.Target.Use = "media" },
		"the spelled-out URI": func(f *File) { f.Namespace = Namespace },
		"attributes written": func(f *File) {
			top(f).Attributes = []Attribute{{Name: "processorArchitecture", Value: "amd64"}, {Name: "name", Value: "Microsoft-Windows-Shell-Setup"}, {Name: "language", Value: "neutral"}}
		},
	}
	for name, change := range cases {
		if diff := Equal(file(nil), file(change)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestEqualTellsDifferencesApart(t *testing.T) {
	cases := map[string]struct {
		change func(*File)
		want   string
	}{
		"text":          {func(f *File) { top(f).Settings[0].Text = "PC2" }, "specialize/Microsoft-Windows-Shell-Setup/ComputerName: the text differs"},
		"name":          {func(f *File) { top(f).Settings[0].Name = "computerName" }, "the name differs"},
		"namespace":     {func(f *File) { top(f).Settings[0].Space = "urn:x" }, "the namespace differs"},
		"root":          {func(f *File) { f.Root = "Unattend" }, "unattend: the name of the root differs"},
		"root's URI":    {func(f *File) { f.Namespace = NoNamespace }, "the namespace of the root differs"},
		"child gone":    {func(f *File) { top(f).Settings[1].Children = nil }, "AutoLogon: 2 and 0 children"},
		"order":         {func(f *File) { s := top(f).Settings; s[0], s[1] = s[1], s[0] }, "the name differs"},
		"pass gone":     {func(f *File) { f.Passes = f.Passes[:1] }, "2 and 1 passes"},
		"architecture":  {func(f *File) { top(f).Architecture = "x86" }, "the attribute processorArchitecture differs"},
		"attribute":     {func(f *File) { top(f).Attributes[0].Name = "Language" }, "is on one side alone"},
		"new attribute": {func(f *File) { top(f).Settings[0].Attributes = []Attribute{{Name: "x"}} }, "0 and 1 attributes"},
		"pass attribute": {func(f *File) { f.Passes[1].Attributes = []Attribute{{Name: "wasPassProcessed", Value: "true"}} },
			"oobeSystem: 1 and 2 attributes"},
		"servicing":   {func(f *File) { f.Servicing = &Setting{Name: "servicing"} }, "0 and 1 servicing elements"},
		"package":     {func(f *File) { f.Packages = []*Setting{{Name: "package"}} }, "0 and 1 servicing elements"},
		"foreign":     {func(f *File) { f.Extra = []Extra{{Kind: Element, Element: &Setting{Name: "x", Space: "urn:x"}}} }, "other content differs"},
		"instruction": {func(f *File) { f.Prolog = []Extra{{Kind: Instruction, Text: "x"}} }, "before the root differs"},
		"mixed text":  {func(f *File) { top(f).Settings[1].Extra = []Extra{{Kind: Text, Index: 1, Text: "x"}} }, "other content differs"},
		"white space": {func(f *File) { top(f).Settings[0].Text = "PC1 " }, "the text differs"},
	}
	for name, c := range cases {
		for _, diff := range []string{Equal(file(nil), file(c.change)), Equal(file(c.change), file(nil))} {
			if diff == "" {
				t.Errorf("%s: no difference found", name)
			}
		}
		if diff := Equal(file(nil), file(c.change)); !strings.Contains(diff, c.want) {
			t.Errorf("%s: %q, want %q", name, diff, c.want)
		}
	}
}

func TestEqualComparesHiddenValuesAsWritten(t *testing.T) {
	value := func(s Setting) *File {
		return file(func(f *File) { s.Name = "Value"; top(f).Settings = []*Setting{&s} })
	}
	hidden := value(Setting{Text: "a", Hide: "Password"})
	if diff := Equal(hidden, value(Setting{Text: "YQBQAGEAcwBzAHcAbwByAGQA"})); diff != "" {
		t.Error(diff)
	}
	if diff := Equal(hidden, value(Setting{Text: "a"})); diff == "" || strings.Contains(diff, "YQBQ") {
		t.Errorf("diff %q must be there and name no value", diff)
	}
}
