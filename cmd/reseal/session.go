package main

import (
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal"
	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/report"
)

// session is what flags and configuration say to a command that checks.
type session struct {
	sh      *shell
	options reseal.Options
	failOn  diag.Severity
	never   bool     // no finding fails
	image   *subject // that --image names; nil: none
	format  report.Format
	style   report.Style
}

func (sh *shell) session(c *cli.Context) (*session, error) {
	conf, err := sh.config(c.String("config"))
	if err != nil {
		return nil, err
	}
	target, err := targetOf(c)
	if err != nil {
		return nil, err
	}
	s := &session{sh: sh, options: reseal.Options{
		Target: target, Unattended: c.IsSet("unattended"), Default: conf.target, Ignore: conf.ignore,
		Strict: c.Bool("strict") || conf.strict, AllowPlaceholders: c.Bool("allow-placeholders"),
	}}
	if s.image, err = sh.subject(c); err != nil {
		return nil, err
	}
	if s.image != nil {
		s.onImages(s.image)
	}
	word := c.String("fail-on")
	if word == "" {
		word = conf.failOn
	}
	if err := s.setFailOn(word); err != nil {
		return nil, err
	}
	var ok bool
	if s.format, ok = report.Find(c.String("format")); !ok {
		s.format = report.Formats()[0] // a picture of plan: findings are text beside it
	}
	s.style.Quiet = c.Bool("quiet")
	s.style.Color, err = sh.color(c.String("color"))
	return s, err
}

// onImages checks the answers against images, which stand in for what nobody
// says of the target.
func (s *session) onImages(i *subject) {
	s.options.Images, s.options.Image, s.options.Default = i.images, i.chosen, i.target().Or(s.options.Default)
}

func failOnWords() []string { return []string{"error", "warning", "info", "never"} }

func (s *session) setFailOn(word string) error {
	switch word {
	case "", "error":
		s.failOn = diag.Error
	case "never":
		s.never = true
	default:
		severity, err := diag.ParseSeverity(word)
		if err != nil {
			return oneOf("fail-on", word, failOnWords())
		}
		s.failOn = severity
	}
	return nil
}

// color decides whether text is painted: the flag wins, then NO_COLOR, then
// whether a terminal shows it.
func (sh *shell) color(word string) (bool, error) {
	switch word {
	case "always":
		return true, nil
	case "never":
		return false, nil
	case "auto":
		value, set := sh.env("NO_COLOR")
		term, _ := sh.env("TERM")
		return sh.terminal && (!set || value == "") && term != "dumb", nil
	}
	return false, oneOf("color", word, []string{"auto", "always", "never"})
}

// verdict is the exit code for a list of findings.
func (s *session) verdict(list *diag.List) int {
	if !s.never && list.Has(s.failOn) {
		return exitFindings
	}
	return exitDone
}

// load reads one path and everything that can be told of its text.
func (s *session) load(path, name string) (*reseal.Loaded, error) {
	text, err := s.sh.read(path)
	if err != nil {
		return nil, err
	}
	if name == "" {
		name = shown(path)
	}
	return reseal.Load(name, text, s.options), nil
}

// oneInput is the single path of commands that take one.
func oneInput(c *cli.Context, what string) (string, error) {
	switch c.NArg() {
	case 0:
		return "", usage("%s needs %s", c.Command.Name, what)
	case 1:
		return c.Args().First(), nil
	}
	one := strings.NewReplacer(" or an ", " or ").Replace(strings.TrimPrefix(strings.TrimPrefix(what, "a "), "an "))
	return "", usage("%s takes one %s, not %s", c.Command.Name, one, strings.Join(c.Args().Slice(), " "))
}
