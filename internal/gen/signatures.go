package main

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
)

// signatureEntry is one signature of sysprep/setuplog/signatures/*.yaml. Match
// and near are for the tests of that package.
type signatureEntry struct {
	ID        string            `yaml:"id"`
	Title     string            `yaml:"title"`
	Kind      string            `yaml:"kind"`
	Stage     string            `yaml:"stage"`
	Text      []string          `yaml:"text"`
	Pattern   string            `yaml:"pattern"`
	With      []string          `yaml:"with"`
	Open      []string          `yaml:"open"`
	Codes     []uint32          `yaml:"codes"`
	NeedsCode bool              `yaml:"needs_code"`
	Refines   string            `yaml:"refines"`
	Decides   bool              `yaml:"decides"`
	Cause     string            `yaml:"cause"`
	Fix       string            `yaml:"fix"`
	Sources   []string          `yaml:"sources"`
	Grade     string            `yaml:"grade"`
	Setting   map[string]string `yaml:"setting"`
	Match     []string          `yaml:"match"`
	Near      []string          `yaml:"near"`
}

var (
	signatureKinds  = map[string]string{"": "FailureKind", "general": "GeneralKind", "follow-up": "FollowKind", "note": "NoteKind", "noise": "NoiseKind"}
	signatureGrades = map[string]string{
		"documented": "Documented", "seen in a log": "SeenInLog", "reported": "Reported", "inferred": "Inferred", "unverified": "Unverified",
	}
	signatureStages = "verify arguments validate cleanup generalize specialize oobe audit deploy"
)

func (s signatureEntry) valid() error {
	for name, text := range map[string]string{"id": s.ID, "title": s.Title, "cause": s.Cause, "stage": s.Stage} {
		if strings.TrimSpace(text) == "" {
			return fmt.Errorf("%s is missing", name)
		}
	}
	switch {
	case signatureKinds[s.Kind] == "":
		return fmt.Errorf("kind %q", s.Kind)
	case signatureGrades[s.Grade] == "":
		return fmt.Errorf("grade %q", s.Grade)
	case !strings.Contains(signatureStages, s.Stage):
		return fmt.Errorf("stage %q", s.Stage)
	case s.Fix == "" && s.Kind != "noise":
		return fmt.Errorf("fix is missing")
	case len(s.Sources) == 0:
		return fmt.Errorf("sources is missing")
	case len(s.Match) == 0 || len(s.Near) == 0:
		return fmt.Errorf("match or near is missing")
	case s.NeedsCode && len(s.Codes) == 0:
		return fmt.Errorf("needs_code without codes")
	}
	for _, text := range append(append(append([]string{}, s.Text...), s.With...), s.Open...) {
		if text != strings.ToLower(text) {
			return fmt.Errorf("%q is not in lower case", text)
		}
	}
	_, err := regexp.Compile("(?i)" + s.Pattern)
	return err
}

// codeEntry is one error code of sysprep/setuplog/codes.yaml.
type codeEntry struct {
	Code uint32 `yaml:"code"`
	Name string `yaml:"name"`
	Text string `yaml:"text"`
}

// signatures writes the tables of sysprep/setuplog.
func signatures() error {
	all, err := readSignatures("signatures")
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "package setuplog\n\nvar signatures = [%d]Signature{\n", len(all))
	for _, s := range all {
		fmt.Fprintf(&b, "{\n%s},\n", s.literal())
	}
	b.WriteString("}\n\n")
	if err := writeCodes(&b); err != nil {
		return err
	}
	return writeGo("signatures_gen.go", b.String())
}

func readSignatures(folder string) ([]signatureEntry, error) {
	groups, names, err := readAll[[]signatureEntry](folder + "/*.yaml")
	if err != nil {
		return nil, err
	}
	var all []signatureEntry
	seen := map[string]bool{}
	for _, name := range names {
		for _, s := range groups[name] {
			if err := s.valid(); err != nil {
				return nil, fmt.Errorf("%s: signature %q: %w", name, s.ID, err)
			}
			if seen[s.ID] {
				return nil, fmt.Errorf("%s: signature %q stands twice", name, s.ID)
			}
			seen[s.ID] = true
			all = append(all, s)
		}
	}
	for _, s := range all {
		if s.Refines != "" && !seen[s.Refines] {
			return nil, fmt.Errorf("signature %q refines %q, which is none", s.ID, s.Refines)
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].ID < all[j].ID })
	return all, nil
}

func (s signatureEntry) literal() string {
	var f fields
	f.str("ID", s.ID)
	f.str("Title", s.Title)
	if s.Kind != "" {
		f.raw("Kind", signatureKinds[s.Kind])
	}
	f.str("Stage", s.Stage)
	f.list("Text", s.Text)
	f.str("Pattern", s.Pattern)
	f.list("With", s.With)
	f.list("Open", s.Open)
	if len(s.Codes) > 0 {
		var codes []string
		for _, c := range s.Codes {
			codes = append(codes, fmt.Sprintf("0x%08x", c))
		}
		f.raw("Codes", "[]uint32{"+strings.Join(codes, ", ")+"}")
	}
	f.flag("NeedsCode", s.NeedsCode)
	f.str("Refines", s.Refines)
	f.flag("Decides", s.Decides)
	f.str("Cause", s.Cause)
	f.str("Fix", s.Fix)
	f.list("Sources", s.Sources)
	f.raw("Grade", signatureGrades[s.Grade])
	if len(s.Setting) > 0 {
		f.raw("Setting", fmt.Sprintf("&Setting{Pass: %q, Component: %q, Path: %q}", s.Setting["pass"], s.Setting["component"], s.Setting["path"]))
	}
	return f.String()
}

func writeCodes(b *strings.Builder) error {
	codes, err := readOne[[]codeEntry]("codes.yaml")
	if err != nil {
		return err
	}
	sort.Slice(codes, func(i, j int) bool { return codes[i].Code < codes[j].Code })
	fmt.Fprintf(b, "var codes = [%d]Meaning{\n", len(codes))
	for i, c := range codes {
		if c.Text == "" || i > 0 && codes[i-1].Code == c.Code {
			return fmt.Errorf("codes.yaml: 0x%08x has no text or stands twice", c.Code)
		}
		fmt.Fprintf(b, "{0x%08x, %q, %q},\n", c.Code, c.Name, c.Text)
	}
	b.WriteString("}\n")
	return nil
}
