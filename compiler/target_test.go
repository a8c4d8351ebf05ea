package compiler

import (
	"slices"
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
)

const oneSetting = "passes: {specialize: {Microsoft-Windows-Shell-Setup: {CopyProfile: true}}}\n"

func TestOutputsOfATarget(t *testing.T) {
	cases := []struct {
		name, target string
		options      Options
		want         []string // suffix windows architecture: architectures of the components
	}{
		{"nothing said", "{}", Options{}, []string{"||: amd64"}},
		{"one of each", "{windows: 11-24h2, architecture: arm64}", Options{}, []string{"|11-24h2|arm64: arm64"}},
		{"two architectures", "{architecture: [amd64, arm64]}", Options{}, []string{"-amd64||amd64: amd64", "-arm64||arm64: arm64"}},
		{"two releases", "{windows: [11-24h2, 10-22h2]}", Options{}, []string{"-11-24h2|11-24h2|: amd64", "-10-22h2|10-22h2|: amd64"}},
		{"two of both", "{windows: [11-24h2, 10-22h2], architecture: [x86, amd64]}", Options{}, []string{
			"-11-24h2-x86|11-24h2|x86: x86", "-11-24h2-amd64|11-24h2|amd64: amd64",
			"-10-22h2-x86|10-22h2|x86: x86", "-10-22h2-amd64|10-22h2|amd64: amd64",
		}},
		{"combined", "{architecture: [amd64, arm64], output: combined}", Options{}, []string{"||: amd64 arm64"}},
		{"combined for two releases", "{windows: [11-24h2, 10-22h2], architecture: [amd64, arm64], output: combined}", Options{},
			[]string{"-11-24h2|11-24h2|: amd64 arm64", "-10-22h2|10-22h2|: amd64 arm64"}},
		{"combined of one", "{architecture: [amd64], output: combined}", Options{}, []string{"||amd64: amd64"}},
		{"release by an alias", "{windows: Windows 11 24H2}", Options{}, []string{"|11-24h2|: amd64"}},
		{"release that looks like a number", "{windows: 8.1}", Options{}, []string{"|8.1|: amd64"}},
		{"flags win", "{windows: [11-24h2, 10-22h2], architecture: [amd64, arm64]}",
			Options{Override: schema.Target{Windows: "server-2025", Architecture: "amd64"}}, []string{"|server-2025|amd64: amd64"}},
		{"configuration stands in", "{windows: 11-24h2}",
			Options{Default: schema.Target{Windows: "server-2025", Architecture: "arm64"}}, []string{"|11-24h2|arm64: arm64"}},
		{"unknown release is left out", "{windows: [11-24h2, 12]}", Options{}, []string{"|11-24h2|: amd64"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p, _ := parse("version: reseal/v1\ntarget: "+c.target+"\n"+oneSetting, c.options)
			var got []string
			for _, out := range p.Outputs {
				var architectures []string
				for _, component := range out.Answer.Passes[0].Components {
					architectures = append(architectures, component.Architecture)
				}
				target := out.Answer.Target
				got = append(got, out.Suffix+"|"+target.Windows+"|"+target.Architecture+": "+strings.Join(architectures, " "))
				if out.Combined != (len(architectures) > 1) {
					t.Errorf("%s: combined %v", out.Suffix, out.Combined)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestTargetPrecedence(t *testing.T) {
	const text = "version: reseal/v1\ntarget: {edition: Professional, firmware: uefi, use: media, unattended: true, mediaLanguage: en-US}\n"
	cases := []struct {
		name, yaml string
		options    Options
		want       schema.Target
	}{
		{"profile", text, Options{}, schema.Target{Edition: "Professional", Firmware: "uefi", Use: "media", Unattended: true, MediaLanguage: "en-US"}},
		{"flags over profile", text, Options{Override: schema.Target{Edition: "Enterprise", Firmware: "bios", Use: "wds", MediaLanguage: "de-DE"}, OverrideUnattended: true},
			schema.Target{Edition: "Enterprise", Firmware: "bios", Use: "wds", MediaLanguage: "de-DE"}},
		{"profile over configuration", text, Options{Default: schema.Target{Edition: "Enterprise", Use: "wds"}},
			schema.Target{Edition: "Professional", Firmware: "uefi", Use: "media", Unattended: true, MediaLanguage: "en-US"}},
		{"configuration", "version: reseal/v1\n", Options{Default: schema.Target{Use: "wds", Unattended: true}}, schema.Target{Use: "wds", Unattended: true}},
		{"reseal means sysprep", "version: reseal/v1\nreseal: {mode: oobe}\n", Options{}, schema.Target{Use: "sysprep"}},
		{"configuration over reseal", "version: reseal/v1\nreseal: {mode: oobe}\n", Options{Default: schema.Target{Use: "media"}}, schema.Target{Use: "media"}},
		{"nothing is guessed", "version: reseal/v1\n", Options{}, schema.Target{}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p, _ := parse(c.yaml, c.options)
			if got := p.Outputs[0].Answer.Target; got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestTargetSpansNameWhatTheProfileDecides(t *testing.T) {
	p, _ := parse("version: reseal/v1\ntarget: {windows: 11-24h2, architecture: [amd64], use: media, edition: Professional}\n", Options{Override: schema.Target{Use: "wds"}})
	spans := p.Outputs[0].Answer.TargetSpans
	for key, want := range map[string]string{"windows": "11-24h2", "architecture": "[amd64]", "edition": "Professional", "use": ""} {
		if got := spans[key].Text(); got != want {
			t.Errorf("%s stands at %q, want %q", key, got, want)
		}
	}
}

func TestSeveralDocuments(t *testing.T) {
	p, diags := parse("version: reseal/v1\ntarget: {architecture: [amd64, arm64]}\n"+oneSetting+"---\n# second\nversion: reseal/v1\ncomputerName: B\n", Options{})
	var suffixes []string
	for _, out := range p.Outputs {
		suffixes = append(suffixes, out.Suffix)
	}
	if want := []string{"-1-amd64", "-1-arm64", "-2"}; !slices.Equal(suffixes, want) {
		t.Errorf("suffixes %q, want %q", suffixes, want)
	}
	if len(diags.All) != 1 || diags.All[0].Rule != "architecture-assumed" || diags.All[0].Span.Position().Line != 7 {
		t.Errorf("findings %q", findings("", Options{}))
	}
	if p.Version != Version {
		t.Errorf("version %q", p.Version)
	}
}

func TestAProfileThatCannotBeReadHasNoOutputs(t *testing.T) {
	for _, text := range []string{"", "a: [", "- a", "text", "version: reseal/v2\n", "\x00\x01"} {
		p, diags := parse(text, Options{})
		if len(p.Outputs) != 0 || len(diags.All) == 0 {
			t.Errorf("%q: %d outputs, %d findings", text, len(p.Outputs), len(diags.All))
		}
	}
}
