package yamldoc

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
)

// Format returns a text in the canonical layout of Write, and keeps what Write
// writes out: anchors, aliases, merge keys, and the lines of folded blocks. The
// result is nil when the text has errors, which the list tells, and when the
// layout cannot be changed without changing what the text says, which the list
// tells as well. Formatting the result again changes nothing.
func Format(f *source.File) ([]byte, *diag.List) {
	docs, diags := Parse(f)
	if diags.Has(diag.Error) {
		return nil, diags
	}
	if at := directive.FindIndex(f.Text); at != nil {
		diags.Add(rule.FormatKept.At(source.Span{File: f, Start: at[0], End: at[1]}, "the file has a YAML directive, so its layout stays as it is"))
		return nil, diags
	}
	for _, folds := range []bool{true, false} {
		out, comments := formatted(f, folds)
		again, err := formattedText(f.Name, out, folds)
		if err == nil && bytes.Equal(out, again.text) && sameDocuments(docs, again.docs) && slices.Equal(comments, again.comments) {
			return out, diags
		}
	}
	diags.Add(rule.FormatKept.At(source.Span{File: f, Start: 0, End: 0}, "the canonical layout cannot say all that the file says, so its layout stays as it is"))
	return nil, diags
}

// directive finds the lines before a document that Write has no form for.
var directive = regexp.MustCompile(`(?m)^\x{FEFF}?%(?:YAML|TAG)[ \t].*$`)

// result is a formatted text as it is read again.
type result struct {
	docs     []*Node
	text     []byte // formatted once more
	comments []string
}

// formattedText reads a formatted text and formats it once more.
func formattedText(name string, text []byte, folds bool) (r result, err error) {
	f := source.NewFile(name, text)
	docs, diags := Parse(f)
	if diags.Has(diag.Error) {
		return r, errRefused
	}
	r.docs = docs
	r.text, r.comments = formatted(f, folds)
	return r, nil
}

// formatted writes the documents of a text that Parse accepts. The comments
// are returned in parts and sorted, so that none can be lost unseen.
func formatted(f *source.File, folds bool) (out []byte, comments []string) {
	l := &layouting{reader: &reader{file: f, text: f.Text, limits: DefaultLimits(), diags: &diag.List{}, places: newPlaces(f.Text)}, folds: folds}
	docs := l.documents()
	var b bytes.Buffer
	if err := Write(&b, docs...); err != nil {
		return nil, nil
	}
	slices.Sort(l.comments)
	return b.Bytes(), l.comments
}

// sameDocuments tells whether two texts say the same: kinds, texts, tags, order.
// Styles and comments are not compared.
func sameDocuments(a, b []*Node) bool { return slices.EqualFunc(a, b, sameNode) }

func sameNode(a, b *Node) bool {
	if a.Kind != b.Kind || a.Text != b.Text || a.Tag != b.Tag || a.Empty != b.Empty || !slices.EqualFunc(a.Items, b.Items, sameNode) {
		return false
	}
	if a.Kind == Scalar && otherTypes.MatchString(a.Text) && (a.Style == Plain) != (b.Style == Plain) {
		return false
	}
	return slices.EqualFunc(a.Pairs, b.Pairs, func(x, y Pair) bool {
		return x.Merged == y.Merged && sameNode(x.Key, y.Key) && sameNode(x.Value, y.Value)
	})
}

// typed is what an author typed that a Node does not say and Write would
// write out.
type typed struct {
	anchor string   // "&name", "" for none
	text   string   // an alias, or the merge key: stands for itself
	lines  []string // of a folded block, without their indentation
	header string   // of a folded block: ">" and what belongs to it
}

// asIs is the text of an alias or merge key, "" for other nodes.
func (t *typed) asIs() string {
	if t == nil {
		return ""
	}
	return t.text
}

// folds tells a folded block whose lines are kept.
func (t *typed) folds() bool { return t != nil && t.header != "" }

// properties are the anchor and the tag of a node with a blank before each.
func properties(n *Node) string {
	if n.typed == nil || n.typed.anchor == "" {
		return tagText(n)
	}
	return " " + n.typed.anchor + tagText(n)
}

// keyText is a key with its anchor and tag, on the line of its value; quoted
// writes its text. A blank keeps an alias apart from its colon.
func keyText(key *Node, quoted func(string, Style) string) string {
	text := key.typed.asIs()
	switch {
	case text == "":
		text = quoted(key.Text, key.Style)
	case strings.HasPrefix(text, "*"):
		text += " "
	}
	if before := properties(key); before != "" {
		return before[1:] + " " + text
	}
	return text
}

// folded writes a folded block with the lines of its author.
func (p *printer) folded(n *Node, indent int, comment string) {
	p.text(n.typed.header, lineComment(comment), "\n")
	for _, line := range n.typed.lines {
		if line != "" {
			p.indent(indent)
		}
		p.text(line, "\n")
	}
}
