package compiler

import (
	"slices"
	"strings"
	"testing"
)

// TestFindingsOfTheLowering holds for each complaint of the language a profile
// and the findings with their places. A body without "version:" stands below
// the component Microsoft-Windows-Shell-Setup in oobeSystem, from line 6 and
// column 7 on.
func TestFindingsOfTheLowering(t *testing.T) {
	cases := []struct {
		name, yaml string
		want       []string
	}{
		{"text in a container", "OOBE: true", []string{"6:13 error setting-form: OOBE holds a mapping of settings, not text"}},
		{"list in a container", "OOBE: [true]", []string{"6:13 error setting-form: OOBE holds a mapping of settings, not a list"}},
		{"mapping in a scalar", "TimeZone: {a: b, c: d}", []string{"6:17 error setting-form: TimeZone takes one value, not a mapping"}},
		{"list in a scalar", "TimeZone: [UTC]", []string{"6:17 error setting-form: TimeZone takes one value, not a list"}},
		{"text in a list", "FirstLogonCommands: cmd", []string{"6:27 error setting-form: FirstLogonCommands holds a list, not text"}},
		{"text in an entry", "FirstLogonCommands: [cmd]", []string{"6:28 error setting-form: an entry of SynchronousCommand is a mapping of settings, not text"}},
		{"list in a list", "FirstLogonCommands: [[cmd]]", []string{"6:28 error setting-form: an entry of SynchronousCommand cannot be a list itself"}},
		{"a single item is a list too", "FirstLogonCommands: {SynchronousCommand: {CommandLine: cmd}}",
			[]string{"6:48 error setting-form: SynchronousCommand is a list, even with a single entry"}},
		{"several mistakes in one run", "OOBE: true\nTimeZone: [UTC]\nFirstLogonCommands: cmd", []string{
			"6:13 error setting-form: OOBE holds a mapping of settings, not text",
			"7:17 error setting-form: TimeZone takes one value, not a list",
			"8:27 error setting-form: FirstLogonCommands holds a list, not text",
		}},
		{"names that XML cannot have", "Copy Profile: true\nOOBE: {$attr: {1a: b}, a:b: c}", []string{
			`6:7 error setting-name-invalid: "Copy Profile" cannot be the name of a setting`,
			`7:22 error setting-name-invalid: "1a" cannot be the name of an attribute`,
			`7:30 error setting-name-invalid: "a:b" cannot be the name of a setting`,
		}},
		{"special keys", "OOBE: {$atr: {a: b}, $omit: [action]}\nFirstLogonCommands: [{$omit: [actoin, order], CommandLine: x}]", []string{
			`6:14 error special-key: OOBE takes no key "$atr" here; did you mean $attr?`,
			`6:28 error special-key: OOBE takes no key "$omit" here`,
			"7:37 error special-key: $omit names a part that SynchronousCommand does not imply; did you mean action?",
		}},
		{"name of the root", "version: reseal/v1\npasses: {$name: [a], specialize: {$name: b}}", []string{
			"2:17 error setting-name-invalid: $name is no name of an element",
			`2:35 error special-key: the pass specialize takes no key "$name" here`,
		}},
		{"prefix without a namespace", "OOBE: {$attr: {foo:bar: x}}", []string{`6:22 error special-key: the prefix "foo" stands for no namespace`}},
		{"attribute given twice", "OOBE: {$action: add, $attr: {wcm:action: remove}}", []string{"6:36 error special-key: the attribute action of OOBE is given twice"}},
		{"attributes that are no mapping", "OOBE: {$attr: x, $action: [y], $text: {a: b}}", []string{
			"6:21 error setting-form: $attr holds a mapping of attribute names to values, not a scalar",
			"6:33 error setting-form: $action takes one value, not a list",
			"6:45 error setting-form: $text takes one value, not a mapping",
		}},
		{"unknown kind of secret", "ProductKey: {vault: x}\nTimeZone: {ENV: x}", []string{
			"6:20 error secret-form: vault is no kind of secret",
			"7:18 error secret-form: ENV is no kind of secret; did you mean env?",
		}},
		{"secret without a name", "ProductKey: {env: ''}", []string{"6:20 error secret-form: the secret of ProductKey names nothing behind env"}},
		{"[] for a value is an empty element", "TimeZone: []\nRegisteredOwner: {}\nNovelty: [[], x]", []string{
			"6:7 warning yaml-empty-value: TimeZone has no value, so an empty element is written",
			"7:7 warning yaml-empty-value: RegisteredOwner has no value, so an empty element is written",
			"8:17 warning yaml-empty-value: Novelty has no value, so an empty element is written",
		}},
		{"values that are missing", "TimeZone:\nOOBE: {}\nFirstLogonCommands: []\nNovelty:\nAutoLogon: {Password: }", []string{
			"6:7 warning yaml-empty-value: TimeZone has no value, so an empty element is written",
			"7:7 warning yaml-empty-value: OOBE has no value, so an empty element is written",
			"8:7 warning yaml-empty-value: FirstLogonCommands has no value, so an empty element is written",
			"9:7 warning yaml-empty-value: Novelty has no value, so an empty element is written",
			"10:19 warning yaml-empty-value: Password has no value, so an empty element is written",
		}},
		{"words and numbers", "RegisteredOwner: No\nRegisteredOrganization: 0123\nTimeZone: 'no'\nCopyProfile: true\nComputerName: 123", []string{
			"6:24 info yaml-implicit-boolean: RegisteredOwner is text here, but many YAML readers take the unquoted word for a truth value or for nothing",
			"7:31 info yaml-implicit-number: RegisteredOrganization is text here, but many YAML readers take it unquoted for a number and write that in another way",
		}},
		{"blocks with line ends", "RegisteredOwner: |\n  me\nRegisteredOrganization: >-\n  a\n  b\nTimeZone: |-\n  a\n  b", []string{
			"6:24 warning yaml-block-scalar-newline: the block adds a line end to the value of RegisteredOwner",
			"11:17 warning yaml-block-scalar-newline: the value of TimeZone has several lines",
		}},
		{"secret behind an alias", "RegisteredOwner: &pw throw-away\nAutoLogon: {Password: *pw}",
			[]string{"7:29 info yaml-anchor-secret: Password takes its secret from an alias"}},
		{"variables and tags", "TimeZone: x ${vars.zone}\nOOBE: !remove {a: b}\nCopyProfile: !!str true\n${vars.x}: y\na${vars.x}: y", []string{
			"6:19 error variable-reserved: variables such as ${vars.NAME} are not part of this version",
			"7:21 error yaml-tag-unknown: the value has a tag that means nothing here",
			"9:7 error variable-reserved: variables such as ${vars.NAME} are not part of this version",
			"10:8 error variable-reserved: variables such as ${vars.NAME} are not part of this version",
		}},
		{"components", "version: reseal/v1\npasses: {specialize: {'@x86': {a: b}, 'A@': {a: b}, B: , C@x86: {}}}", []string{
			`2:23 error component-key: "@x86" is not a component as NAME or NAME@ARCHITECTURE`,
			`2:39 error component-key: "A@" is not a component as NAME or NAME@ARCHITECTURE`,
			`2:53 info architecture-assumed: no architecture is named, so B and other components without "@" are written for amd64`,
			"2:53 warning yaml-empty-value: B has no value, so an empty element is written",
			"2:58 warning yaml-empty-value: C has no value, so an empty element is written",
		}},
		{"forms of passes and components", "version: reseal/v1\ntarget: {architecture: amd64}\npasses: {generalize: '', auditUser: [], specialize: {A: '', B: [c], C: d, D: []}, oobeSystem: [e]}", []string{
			"3:26 warning yaml-empty-value: the pass auditUser has no value, so an empty element is written",
			"3:64 error setting-form: B holds a mapping, not a list",
			"3:72 error setting-form: C holds a mapping, not text",
			"3:75 warning yaml-empty-value: D has no value, so an empty element is written",
			"3:95 error setting-form: the pass oobeSystem holds a mapping, not a list",
		}},
		{"items without a name of their own", "version: reseal/v1\npasses:\n  windowsPE:\n    Microsoft-Windows-Setup@amd64: {DiskConfiguration: {Disk: []}}\n" +
			"  specialize:\n    Microsoft-Windows-DNS-Client@amd64:\n      DNSSuffixSearchOrder: [{a: b, c: d}, {}, {vault: x}]\n", []string{
			"4:57 warning yaml-empty-value: Disk has no value, so an empty element is written",
			"7:30 error setting-form: an entry of DomainName takes one value, not a mapping",
			"7:44 warning yaml-empty-value: DomainName has no value, so an empty element is written",
			"7:49 error secret-form: vault is no kind of secret",
		}},
		{"another version", "version: reseal/v9\nfoo: bar", []string{"1:10 error version-unknown: this version of Reseal reads reseal/v1, not reseal/v9"}},
		{"hidden password that looks like a number", "AutoLogon: {Password: 0123}",
			[]string{"6:29 info yaml-implicit-number: Password is text here, but many YAML readers take it unquoted for a number and write that in another way"}},
		{"architecture in another case", "version: reseal/v1\ntarget: {windows: 11-24h2, architecture: AMD64}\npasses: {specialize: {Microsoft-Windows-Shell-Setup@amd64: {TimeZone: UTC}}}",
			[]string{"2:42 error yaml-shape: target.architecture must be amd64, x86 or arm64; did you mean amd64?"}},
		{"architecture by another name", "version: reseal/v1\ntarget: {architecture: [x64, amd64, aarch64]}\ntimeZone: UTC",
			[]string{"2:25 error yaml-shape: an entry of target.architecture must be amd64, x86 or arm64; did you mean amd64?",
				"2:37 error yaml-shape: an entry of target.architecture must be amd64, x86 or arm64; did you mean arm64?"}},
		{"unknown rule", "version: reseal/v1\nlint: {ignore: [{rule: yaml-empty-valu, reason: x}]}",
			[]string{`2:24 info lint-rule-unknown: there is no rule "yaml-empty-valu"; did you mean yaml-empty-value?`}},
		{"unknown release and edition", "version: reseal/v1\ntarget: {windows: [11-24h2, 11-24h3], edition: Profesional}", []string{
			`2:29 error target-unknown: "11-24h3" is no Windows release that Reseal knows; did you mean 11-24h2?`,
			`2:48 warning target-unknown: "Profesional" is no edition that Reseal knows; did you mean Professional?`,
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text := c.yaml
			if !strings.HasPrefix(text, "version:") {
				text = inComponent("oobeSystem", "Microsoft-Windows-Shell-Setup", text)
			}
			if got := findings(text, Options{}); !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func TestOrderByHandIsAMatterOfStyle(t *testing.T) {
	text := inComponent("oobeSystem", "Microsoft-Windows-Shell-Setup",
		"FirstLogonCommands:\n  - {Order: 1, CommandLine: a}\n  - {Order: 5, CommandLine: b}")
	if got := findings(text, Options{}); len(got) > 0 {
		t.Errorf("unasked: %v", got)
	}
	want := []string{"7:12 info yaml-list-order-explicit: Order repeats the place of the entry in its list"}
	if got := findings(text, Options{Strict: true}); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// A wrong part must not take the rest of the profile away.
func TestTheRestIsKept(t *testing.T) {
	p, _ := parse(inComponent("oobeSystem", "Microsoft-Windows-Shell-Setup",
		"OOBE: true\nTimeZone: UTC\nFirstLogonCommands: [{CommandLine: a}, [b], {CommandLine: c}]"), Options{})
	settings := p.Outputs[0].Answer.Passes[0].Components[0].Settings
	if len(settings) != 3 || settings[1].Text != "UTC" || len(settings[2].Children) != 2 {
		t.Errorf("got %d settings", len(settings))
	}
}

// Fixes must give the text that the finding asks for.
func TestFixesOfTheLowering(t *testing.T) {
	cases := []struct{ yaml, want string }{
		{"RegisteredOwner: no", `RegisteredOwner: "no"`},
		{"RegisteredOwner: 007", `RegisteredOwner: "007"`},
		{"RegisteredOwner: |\n  me", "RegisteredOwner: |-\n  me"},
		{"RegisteredOwner: |2+\n   me\n   you", "RegisteredOwner: >2-\n   me\n   you"},
		{"OOBE: {$atr: {a: b}}", "OOBE: {$attr: {a: b}}"},
	}
	for _, c := range cases {
		text := inComponent("oobeSystem", "Microsoft-Windows-Shell-Setup", c.yaml)
		_, diags := parse(text, Options{})
		if len(diags.All) != 1 || diags.All[0].Fix == nil {
			t.Errorf("%s: no single finding with a fix", c.yaml)
			continue
		}
		fixed := text
		for _, e := range slices.Backward(diags.All[0].Fix.Edits) {
			fixed = fixed[:e.Span.Start] + e.Text + fixed[e.Span.End:]
		}
		if want := inComponent("oobeSystem", "Microsoft-Windows-Shell-Setup", c.want); fixed != want {
			t.Errorf("%s: fixed to\n%s", c.yaml, fixed)
		}
	}
}
