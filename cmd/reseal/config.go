package main

import (
	"os"
	"path/filepath"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/report"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/internal/yamldoc"
)

// configName is the file that a repository keeps its settings in.
const configName = ".reseal.yaml"

// config is what .reseal.yaml says; flags and profiles win over it.
type config struct {
	target reseal.Target
	ignore []reseal.Ignore
	failOn string
	strict bool
}

// configFile is the form of .reseal.yaml.
type configFile struct {
	Version string `yaml:"version"`
	Target  struct {
		Windows       string `yaml:"windows"`
		Architecture  string `yaml:"architecture"`
		Edition       string `yaml:"edition"`
		Firmware      string `yaml:"firmware"`
		Use           string `yaml:"use"`
		Unattended    bool   `yaml:"unattended"`
		MediaLanguage string `yaml:"mediaLanguage"`
	} `yaml:"target"`
	FailOn string `yaml:"failOn"`
	Strict bool   `yaml:"strict"`
	Lint   struct {
		Ignore []struct {
			Rule   string `yaml:"rule"`
			Reason string `yaml:"reason"`
		} `yaml:"ignore"`
	} `yaml:"lint"`
}

// configVersion marks a file of this form.
const configVersion = "reseal-config/v1"

// config reads the named configuration, or the nearest .reseal.yaml from the
// working folder up to the root of its repository.
func (sh *shell) config(path string) (config, error) {
	if path == "" {
		if path = findConfig(); path == "" {
			return config{}, nil
		}
	}
	text, err := sh.read(path)
	if err != nil {
		return config{}, err
	}
	var f configFile
	if problems := yamldoc.Decode(source.NewFile(shown(path), text), &f); problems.Has(diag.Error) {
		problems.Sort()
		if err := writeReport(sh, problems); err != nil {
			return config{}, err
		}
		return config{}, silent(exitUsage)
	}
	if f.Version != configVersion {
		return config{}, usage("%s: version is %q; this program reads %s", shown(path), f.Version, configVersion)
	}
	return f.read(shown(path))
}

func writeReport(sh *shell, list *diag.List) error {
	text, _ := report.Find("text")
	return text.Write(sh.stderr, list, report.Summary{Files: 1}, report.Style{})
}

func (f *configFile) read(name string) (config, error) {
	target, err := checkTarget(name+": target.", reseal.Target{
		Windows: f.Target.Windows, Architecture: f.Target.Architecture, Edition: f.Target.Edition, Firmware: f.Target.Firmware,
		Use: f.Target.Use, Unattended: f.Target.Unattended, MediaLanguage: f.Target.MediaLanguage,
	})
	if err != nil {
		return config{}, err
	}
	conf := config{target: target, failOn: f.FailOn, strict: f.Strict}
	if f.FailOn != "" {
		if err := wordOf(name+": failOn ", f.FailOn, failOnWords()); err != nil {
			return conf, err
		}
	}
	for _, i := range f.Lint.Ignore {
		if i.Rule == "" || i.Reason == "" {
			return conf, usage("%s: an entry of lint.ignore needs rule and reason", name)
		}
		if rule.Find(i.Rule) == nil {
			return conf, usage("%s: lint.ignore: there is no rule %q%s; reseal rules lists them", name, i.Rule, didYouMean(i.Rule, ruleIDs()))
		}
		conf.ignore = append(conf.ignore, reseal.Ignore{Rule: i.Rule, Reason: i.Reason})
	}
	return conf, nil
}

func ruleIDs() []string {
	var ids []string
	for _, r := range rule.All() {
		ids = append(ids, r.ID)
	}
	return ids
}

func findConfig() string {
	folder, err := os.Getwd()
	if err != nil {
		return ""
	}
	for {
		name := filepath.Join(folder, configName)
		if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
			return relative(name)
		}
		if _, err := os.Stat(filepath.Join(folder, ".git")); err == nil {
			return ""
		}
		up := filepath.Dir(folder)
		if up == folder {
			return ""
		}
		folder = up
	}
}

// relative shortens a name for messages where that is possible.
func relative(name string) string {
	here, err := os.Getwd()
	if err != nil {
		return name
	}
	if short, err := filepath.Rel(here, name); err == nil {
		return short
	}
	return name
}
