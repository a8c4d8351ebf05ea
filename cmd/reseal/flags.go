package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/internal/report"
	"github.com/reseal/reseal/schema"
)

// targetFlags say what the answers are for; they win over the profile.
func targetFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "windows", Usage: "release `ID` the answers are for, such as 11-24h2", Category: "TARGET"},
		&cli.StringFlag{Name: "architecture", Aliases: []string{"arch"}, Usage: "amd64, arm64 or x86", Category: "TARGET"},
		&cli.StringFlag{Name: "edition", Usage: "edition `ID` such as Professional", Category: "TARGET"},
		&cli.StringFlag{Name: "firmware", Usage: "uefi or bios", Category: "TARGET"},
		&cli.StringFlag{Name: "use", Usage: strings.Join(schema.Uses(), ", "), Category: "TARGET"},
		&cli.BoolFlag{Name: "unattended", Usage: "nobody sits at the machine", Category: "TARGET"},
		&cli.StringFlag{Name: "media-language", Usage: "language `TAG` of the installation media", Category: "TARGET"},
	}
}

// checkFlags govern what is checked and how findings are shown.
func checkFlags() []cli.Flag { return checkFlagsWith(report.Names()) }

// checkFlagsWith are those of a command that has formats of its own.
func checkFlagsWith(formats []string) []cli.Flag {
	return append([]cli.Flag{
		formatFlag(formats),
		&cli.StringFlag{Name: "color", Value: "auto", Usage: "auto, always or never"},
		&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "print findings alone"},
		&cli.StringFlag{Name: "config", Usage: "configuration `FILE` in place of the .reseal.yaml that is found"},
		&cli.StringFlag{Name: "fail-on", Usage: "lowest severity that fails: error, warning, info or never (default: error)"},
		&cli.BoolFlag{Name: "strict", Usage: "turn on the rules that are off by default"},
	}, targetFlags()...)
}

// alternatives are words of which one is to be given: "text, json or svg".
func alternatives(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

func formatFlag(names []string) cli.Flag {
	return &cli.StringFlag{Name: "format", Value: names[0], Usage: alternatives(names), Action: func(_ *cli.Context, given string) error {
		return oneOf("format", given, names)
	}}
}

// oneOf refuses a word that a flag does not know.
func oneOf(flag, given string, words []string) error { return wordOf("--"+flag+" ", given, words) }

// wordOf is nil for one of the words, and otherwise an error that begins with
// the name of what takes them.
func wordOf(name, given string, words []string) error {
	for _, w := range words {
		if given == w {
			return nil
		}
	}
	if near := schema.Nearest(given, words); near != "" {
		return usage("%s%s: did you mean %q?", name, given, near)
	}
	return usage("%s%s: it takes %s", name, given, strings.Join(words, ", "))
}

// targetOf reads the target flags and refuses what no target can be.
func targetOf(c *cli.Context) (reseal.Target, error) {
	t := reseal.Target{
		Windows: c.String("windows"), Architecture: c.String("architecture"), Edition: c.String("edition"),
		Firmware: c.String("firmware"), Use: c.String("use"), Unattended: c.Bool("unattended"), MediaLanguage: c.String("media-language"),
	}
	return checkTarget("--", t)
}

// checkTarget holds a target to what the schema knows and gives releases
// their canonical ID. Prefix stands before the names in messages.
func checkTarget(prefix string, t reseal.Target) (reseal.Target, error) {
	if t.Windows != "" {
		release := schema.FindRelease(t.Windows)
		if release == nil {
			return t, usage("%swindows: there is no release %q%s; reseal releases lists them", prefix, t.Windows, didYouMean(t.Windows, schema.ReleaseIDs()))
		}
		t.Windows = release.ID
	}
	for _, f := range []struct {
		name, value string
		words       []string
	}{
		{"architecture", t.Architecture, schema.Architectures()},
		{"firmware", t.Firmware, []string{"uefi", "bios"}},
		{"use", t.Use, schema.Uses()},
	} {
		if meant := schema.ArchitectureMeant(f.value); f.name == "architecture" && slices.Contains(f.words, meant) && meant != f.value {
			return t, usage("%sarchitecture %s: did you mean %q?", prefix, f.value, meant)
		}
		if f.value != "" {
			if err := wordOf(prefix+f.name+" ", f.value, f.words); err != nil {
				return t, err
			}
		}
	}
	return t, nil
}

func didYouMean(word string, words []string) string {
	if near := schema.Nearest(word, words); near != "" {
		return "; did you mean " + near + "?"
	}
	return ""
}
