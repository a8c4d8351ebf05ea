package validate_test

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/reseal/reseal/schema"
)

// row is one setting of schema/testdata/reference.tsv, which was made from the
// published reference without the catalogue.
type row struct {
	component, path, kind, typ string
	passes                     []string
	key                        string // a child element, or "@keyValue"
	limits                     map[string]string
}

func (r *row) name() string { return r.path[strings.LastIndexByte(r.path, '/')+1:] }

func (r *row) above() string {
	if i := strings.LastIndexByte(r.path, '/'); i >= 0 {
		return r.path[:i]
	}
	return ""
}

func (r *row) has(limit string) bool { _, ok := r.limits[limit]; return ok }

func (r *row) number(limit string) int {
	n, _ := strconv.Atoi(r.limits[limit])
	return n
}

func (r *row) list(limit string) []string {
	var words []string
	for word := range strings.SplitSeq(r.limits[limit], ",") {
		word, _ = url.PathUnescape(word)
		words = append(words, word)
	}
	return words
}

// reference reads the table: rows in order, and each by component and path.
func reference(t testing.TB) (rows []*row, by map[string]*row) {
	t.Helper()
	by = map[string]*row{}
	for line := range strings.Lines(string(read(t, "../schema/testdata/reference.tsv"))) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		r := &row{component: f[0], path: f[1], kind: f[2], typ: f[3], passes: strings.Split(f[4], ","), key: f[5], limits: map[string]string{}}
		for word := range strings.FieldsSeq(f[6]) {
			name, value, _ := strings.Cut(word, "=")
			r.limits[name] = value
		}
		rows, by[r.component+" "+r.path] = append(rows, r), r
	}
	if len(rows) < 1000 {
		t.Fatalf("the reference has %d rows only", len(rows))
	}
	return rows, by
}

// The smallest answer file with a setting has no finding, in none of the
// passes that the reference lists, unless the setting is retired.
func TestEverySettingOfTheReferenceIsAccepted(t *testing.T) {
	rows, by := reference(t)
	for _, r := range rows {
		for _, pass := range r.passes {
			s := sampleOf(by, r, pass)
			for _, d := range check(t, r.path+".xml", s.xml()).All {
				if d.Rule != "deprecated-setting" && d.Rule != "removed-component" || !retired(by, r) {
					t.Errorf("%s %s in %s: %s [%s]\n%s", r.component, r.path, pass, d.Message, d.Rule, s.xml())
				}
			}
		}
	}
}

// retired tells whether the reference calls the setting or something above it
// deprecated.
func retired(by map[string]*row, r *row) bool {
	for ; r != nil; r = by[r.component+" "+r.above()] {
		if r.has("deprecated") {
			return true
		}
	}
	return false
}

// Each limit that the reference states is broken once, and the finding stands
// at the element that breaks it.
func TestEveryLimitOfTheReferenceIsHeld(t *testing.T) {
	rows, by := reference(t)
	broken := 0
	for _, r := range rows {
		for _, m := range mutations(by, r) {
			s := sampleOf(by, r, r.passes[0])
			m.apply(s)
			broken++
			text := s.xml()
			found := check(t, r.path+".xml", text)
			line := s.lineOf(m.at(s))
			ok := false
			for _, d := range found.All {
				ok = ok || slices.Contains(m.rules, d.Rule) && d.Span.Position().Line == line && d.Span.Position().Column > 1
			}
			if !ok {
				t.Errorf("%s %s: %s: want %v on line %d, got\n%s%s", r.component, r.path, m.what, m.rules, line, lines(found), text)
			}
		}
	}
	if broken < 3000 {
		t.Errorf("only %d limits were broken", broken)
	}
}

// mutation breaks one limit of a setting.
type mutation struct {
	what  string
	rules []string // one of them must speak
	apply func(*sample)
	at    func(*sample) *element // where it must point to
}

func target(s *sample) *element { return s.target }

// mutations are the ways to break what the reference says of a setting.
func mutations(by map[string]*row, r *row) []mutation {
	var all []mutation
	add := func(what, rules string, apply func(*sample)) {
		all = append(all, mutation{what, strings.Fields(rules), apply, target})
	}
	text := func(what, rules, value string) {
		add(what+" "+strconv.Quote(value), rules, func(s *sample) { s.target.text = value })
	}
	if r.typ == "key" {
		add("no key", "list-key-missing", func(s *sample) { s.target.keyValue = "" })
		return all
	}
	if !strings.HasSuffix(r.name(), "s") {
		add("misspelled", "unknown-setting", func(s *sample) { s.target.name += "Xyzzy" })
	}
	if upper := strings.ToUpper(r.name()); upper != r.name() && !slices.Contains(r.list("aliases"), upper) {
		add("upper case", "setting-name-case", func(s *sample) { s.target.name = upper })
	}
	if wrong := wrongPass(r); wrong != "" {
		add("in "+wrong, "setting-in-wrong-pass component-in-wrong-pass", func(s *sample) { s.pass = wrong })
		all[len(all)-1].at = firstWrong(by, r, wrong)
	}
	if introduced, _ := url.PathUnescape(r.limits["introduced"]); introduced != "" && schema.ReleaseOf(introduced).Build > schema.FindRelease("7").Build {
		add("on Windows 7", "setting-not-in-target-version", func(s *sample) { s.aim = "windows=7" })
		all[len(all)-1].at = firstNew(by, r)
	}
	if r.typ == "" {
		text("text in a container", "text-in-container", "stray")
	} else {
		add("an element in a value", "text-in-container", func(s *sample) {
			s.target.text = ""
			s.target.children = []*element{{name: "Stray", text: "x"}}
		})
		all[len(all)-1].at = func(s *sample) *element { return s.target.children[0] }
		valueMutations(r, text)
	}
	itemMutations(r, add)
	if r.has("required") {
		all = append(all, mutation{"left out", []string{"setting-required", "list-key-missing", "list-order-missing"}, (*sample).remove, (*sample).parent})
	}
	return all
}

// valueMutations break the type and the limits of a value.
func valueMutations(r *row, text func(what, rules, value string)) {
	const order = " list-order-out-of-range"
	switch r.typ {
	case "boolean":
		text("no boolean", "value-type", "perhaps")
		text("a boolean spelled otherwise", "boolean-spelling", "TRUE")
	case "integer", "unsigned":
		text("no number", "value-type"+order, "many")
	case "enum":
		text("none of the values", "value-not-listed", "NoSuchValue")
	case "guid", "ip", "hex", "base64":
		text("not of its type", "value-type", "no-such!")
	case "path":
		text("no path", "value-type", "C:\\a|b")
	case "url":
		text("no address", "value-type", "https://a b")
	}
	if r.typ == "ip" && !r.has("prefix") && !r.has("separator") {
		text("a prefix", "value-type", "192.0.2.1/24")
	}
	if r.has("list") {
		text("a word that is not listed", "value-not-listed", r.list("list")[0]+"|Elsewhere")
	}
	if r.has("min") {
		text("too small", "value-out-of-range"+order, strconv.Itoa(r.number("min")-1))
	}
	if r.has("max") {
		text("too large", "value-out-of-range"+order, strconv.Itoa(r.number("max")+1))
	}
	if r.has("bits") {
		text("no sum of the flags", "value-out-of-range", "4096")
	}
	const long = "string-too-long computer-name-too-long product-key-format timezone-unknown"
	if r.has("maxlength") {
		n, _ := strconv.Atoi(strings.TrimSuffix(r.limits["maxlength"], "b"))
		text("too long", long, strings.Repeat("x", n+1))
	}
	if r.has("minlength") {
		text("too short", "string-too-short product-key-format empty-value-not-supported", strings.Repeat("x", r.number("minlength")-1))
	}
	if r.has("nochars") {
		for _, char := range r.list("nochars")[0] {
			text("a forbidden character", "value-characters computer-name-characters", "a"+string(char)+"b")
		}
	}
	if r.has("novalues") {
		text("a forbidden value", "value-characters", r.list("novalues")[0])
	}
	if r.limits["empty"] == "no" {
		text("empty", "empty-value-not-supported", "")
	}
}

// itemMutations break what makes an element an item of a list.
func itemMutations(r *row, add func(what, rules string, apply func(*sample))) {
	if r.has("maxitems") {
		add("too many items", "list-too-many-items", func(s *sample) {
			for i := range r.number("maxitems") + 1 {
				s.target.children = append(s.target.children, &element{name: "Cache", action: "add", children: []*element{{name: "CacheID", text: fmt.Sprint(i)}}})
			}
			s.target = s.target.children[r.number("maxitems")]
		})
	}
	if r.kind != "item" {
		return
	}
	add("no action", "list-item-missing-action", func(s *sample) { s.target.action = "" })
	add("an unknown action", "wcm-action-invalid", func(s *sample) { s.target.action = "create" })
	switch r.key {
	case "":
	case "@keyValue":
		add("no key", "list-key-missing", func(s *sample) { s.target.keyValue = "" })
	default:
		add("no key", "list-key-missing list-order-missing", func(s *sample) { s.target.drop(r.key) })
	}
}
