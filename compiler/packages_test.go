package compiler

import (
	"slices"
	"strings"
	"testing"
)

func TestPackagesBecomeTheServicingElement(t *testing.T) {
	cases := []struct{ name, yaml, want string }{
		{"features", "packages: [{action: configure, identity: {name: A, language: ''}, selections: {TelnetClient: true, SMB1Protocol: no}}]",
			`<servicing><package action="configure"><assemblyIdentity name="A" language=""/><selection name="TelnetClient" state="true"/><selection name="SMB1Protocol" state="no"/></package></servicing>`},
		{"a source", `packages: [{action: install, source: '\\srv\kb.cab', identity: {name: A, version: 1.10}}]`,
			`<servicing><package action="install"><source location="\\srv\kb.cab"/><assemblyIdentity name="A" version="1.10"/></package></servicing>`},
		{"several sources", "packages: [{source: [a.cab, {location: b.cab, name: second}]}]",
			`<package><source location="a.cab"/><source location="b.cab" name="second"/></package>`},
		{"selections with attributes", "packages: [{selections: [{name: A, state: true, note: x}, {name: A, state: false}]}]",
			`<selection name="A" state="true" note="x"/><selection name="A" state="false"/>`},
		{"attributes and text", "packages: {$attr: {a: b}, $text: t, package: [{$attr: {permanence: permanent}, $text: u}]}",
			`<servicing a="b">t<package permanence="permanent">u</package></servicing>`},
		{"attributes alone", "packages: {$attr: {xmlns:x: 'urn:x', x:a: b}}", `<servicing x:a="b" xmlns:x="urn:x"/>`},
		{"nothing, on purpose", "packages: ''", `<servicing/>`},
		{"an empty package", "packages: ['']", `<servicing><package/></servicing>`},
		{"a variable that is none", "packages: [{source: '$${vars.x}'}]", `<source location="${vars.x}"/>`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if xml := unspaced(written(t, lowered(t, head+c.yaml+"\n"))); !strings.Contains(xml, c.want) {
				t.Errorf("%s is missing in\n%s", c.want, xml)
			}
		})
	}
}

func TestFindingsOfPackages(t *testing.T) {
	cases := []struct {
		name, yaml string
		want       []string
	}{
		{"empty", "packages:", []string{"3:1 warning yaml-empty-value: packages has no value, so an empty element is written"}},
		{"empty package", "packages: [{}]", []string{"3:12 warning yaml-empty-value: package has no value, so an empty element is written"}},
		{"unknown key", "packages: [{actoin: install}]", []string{`3:13 error yaml-shape: an entry of packages has no key "actoin"; did you mean "action"?`}},
		{"no list", "packages: install", []string{"3:11 error yaml-shape: packages takes no text but an empty one"}},
		{"action twice", "packages: [{action: install, $attr: {action: stage}}]",
			[]string{"3:13 error special-key: the attribute action of package is given twice"}},
		{"state of a feature", "packages: [{selections: {A: [true]}}]", []string{"3:29 error yaml-shape: packages.selections.A must be text, not a list"}},
		{"name of an attribute", "packages: [{identity: {'a b': c}}]", []string{`3:24 error setting-name-invalid: "a b" cannot be the name of an attribute`}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := findings(head+c.yaml+"\n", Options{}); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
