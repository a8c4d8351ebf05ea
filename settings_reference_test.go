package reseal_test

import (
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// setting is one row of schema/testdata/reference.tsv, which was made from the
// published reference without the catalogue. All that the tests of this file
// and its neighbours know of Windows' settings, they know from there.
type setting struct {
	component, path string
	kind            string // group, list, item or scalar
	typ             string // of a value, "" for none; "key" is the wcm:keyValue of the item above
	passes          []string
	key             string // of an item: the child that identifies it, "@keyValue", or ""
	limits          map[string]string

	above *setting   // nil at the top of a component
	below []*setting // in the order of the table
}

func (r *setting) name() string { return r.path[strings.LastIndexByte(r.path, '/')+1:] }

// text tells whether the row is of a value: a scalar, or an item whose text is
// the value.
func (r *setting) text() bool { return r.typ != "" && r.typ != "key" }

func (r *setting) in(pass string) bool { return slices.Contains(r.passes, pass) }

func (r *setting) has(limit string) bool { _, ok := r.limits[limit]; return ok }

// word is a limit that is one word, number one that is a number (0 without it).
func (r *setting) word(limit string) string { return unescaped(r.limits[limit]) }

func (r *setting) number(limit string) int {
	n, _ := strconv.Atoi(strings.TrimSuffix(r.limits[limit], "b"))
	return n
}

// words is a limit that is a list of words, nil without it.
func (r *setting) words(limit string) []string {
	if !r.has(limit) {
		return nil
	}
	var words []string
	for word := range strings.SplitSeq(r.limits[limit], ",") {
		words = append(words, unescaped(word))
	}
	return words
}

// isOrder tells whether the row is the Order by which a list is sorted. Rules
// of its own hold it to its limits.
func (r *setting) isOrder() bool {
	return r.above != nil && r.above.key == "Order" && r.name() == "Order"
}

// chain is the way from the top of the component to the row.
func (r *setting) chain() []*setting {
	var chain []*setting
	for at := r; at != nil; at = at.above {
		chain = append(chain, at)
	}
	slices.Reverse(chain)
	return chain
}

// child is the row of that name below r, nil when there is none.
func (r *setting) child(name string) *setting {
	for _, c := range r.below {
		if c.name() == name {
			return c
		}
	}
	return nil
}

func unescaped(text string) string {
	plain, err := url.PathUnescape(text)
	if err != nil {
		panic(err) // the table is ours
	}
	return plain
}

// component is the rows of one component.
type component struct {
	name string
	rows []*setting
}

// hasPass tells whether a row of the component stands in the pass.
func (c component) hasPass(pass string) bool {
	return slices.ContainsFunc(c.rows, func(r *setting) bool { return r.in(pass) })
}

var readReference = sync.OnceValues(func() ([]component, error) {
	text, err := os.ReadFile("schema/testdata/reference.tsv")
	if err != nil {
		return nil, err
	}
	var all []component
	by := map[string]*setting{}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		r := readRow(strings.Split(strings.TrimRight(line, "\r\n"), "\t"))
		by[r.component+" "+r.path] = r
		if i := strings.LastIndexByte(r.path, '/'); i >= 0 {
			r.above = by[r.component+" "+r.path[:i]]
			r.above.below = append(r.above.below, r)
		}
		if len(all) == 0 || all[len(all)-1].name != r.component {
			all = append(all, component{name: r.component})
		}
		last := &all[len(all)-1]
		last.rows = append(last.rows, r)
	}
	return all, nil
})

func readRow(columns []string) *setting {
	r := &setting{
		component: columns[0], path: columns[1], kind: columns[2], typ: columns[3],
		passes: strings.Split(columns[4], ","), key: columns[5], limits: map[string]string{},
	}
	for limit := range strings.FieldsSeq(columns[6]) {
		name, value, _ := strings.Cut(limit, "=")
		r.limits[name] = value
	}
	return r
}

// settingsReference returns the whole table by component.
func settingsReference(t testing.TB) []component {
	t.Helper()
	all, err := readReference()
	if err != nil {
		t.Fatal(err)
	}
	return all
}
