package yamldoc

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"gopkg.in/yaml.v3"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
)

// Parse reads the documents of a YAML file within the default limits. Every
// problem is a diagnostic; documents behind a syntax error are not returned.
// An empty document among others is left out, a file without any is reported.
func Parse(f *source.File) ([]*Node, *diag.List) { return ParseWithin(f, DefaultLimits()) }

// ParseWithin is Parse with limits of the caller's own.
func ParseWithin(f *source.File, limits Limits) ([]*Node, *diag.List) {
	r := &reader{file: f, text: f.Text, limits: limits, diags: &diag.List{}}
	docs := r.documents()
	r.diags.Sort()
	return docs, r.diags
}

// reader is the reading of one file.
type reader struct {
	file          *source.File
	text          []byte // what yaml.v3 reads: the file's text, with what it cannot read replaced by as many other bytes
	mended        []int  // offsets where text differs from the file, sorted
	indentGuessed bool   // tabs of an indentation were replaced, so the structure is a guess

	limits Limits
	diags  *diag.List
	places *places

	count   int  // nodes so far, copies of aliases included
	stopped bool // a limit is exceeded

	anchors map[*yaml.Node]built // finished values with an anchor
	open    map[*yaml.Node]bool  // those whose end is not reached yet

	entries []*entry // of the present document, in the file's order
	marks   []mark
}

func (r *reader) add(d *diag.Diagnostic) {
	switch n := len(r.diags.All); {
	case n < r.limits.Problems:
		r.diags.Add(d)
	case n == r.limits.Problems:
		r.diags.Add(overProblems(d.Span, r.limits.Problems))
	}
}

func (r *reader) span(start, end int) source.Span {
	return source.Span{File: r.file, Start: start, End: end}
}

func (r *reader) documents() []*Node {
	if len(r.text) > r.limits.Bytes {
		r.add(overBytes(r.file, r.limits.Bytes))
		return nil
	}
	if !checkText(r.file, r.add) {
		return nil
	}
	if crowded(r.text, r.limits.Nodes) {
		r.stop(overNodes(r.span(0, 0), r.limits.Nodes))
		return nil
	}
	trees := r.trees()
	if r.indentGuessed || len(trees) == 0 && len(r.diags.All) > 0 {
		return nil
	}
	r.places = newPlaces(r.text)
	return r.build(trees)
}

// stop ends the reading at a limit; what was read so far is not returned.
func (r *reader) stop(d *diag.Diagnostic) {
	if !r.stopped {
		r.add(d)
	}
	r.stopped = true
}

// build makes the nodes of all documents.
func (r *reader) build(trees []*yaml.Node) []*Node {
	var docs []*Node
	from := 0
	for i, tree := range trees {
		r.anchors, r.open = map[*yaml.Node]built{}, map[*yaml.Node]bool{}
		r.entries, r.marks = r.entries[:0], r.marks[:0]
		root := r.node(tree.Content[0], 1, nil)
		if r.stopped {
			return nil
		}
		to := len(r.text)
		if i+1 < len(trees) {
			to = r.documentStart(root.end)
		}
		if root.node.Empty && root.node.Tag == "" {
			from = to
			continue
		}
		(&attaching{reader: r, root: root}).run(from, to)
		from = to
		docs = append(docs, root.node)
	}
	if len(docs) == 0 {
		r.add(r.nothing())
	}
	return docs
}

// nothing reports a file without a single value.
func (r *reader) nothing() *diag.Diagnostic {
	d := rule.YamlSyntax.At(r.span(0, 0), "the file is empty")
	if len(r.text) > 0 {
		d.Message = "the file holds nothing but blanks, comments and document marks"
	}
	return d.Helpf("The first line tells what the file is: version: reseal/v1 for a profile, reseal-config/v1 for .reseal.yaml, reseal-machine/v1 for a machine.")
}

// documentStart returns the offset of the next line from i on that starts a
// document.
func (r *reader) documentStart(i int) int {
	for line := r.places.lineOf(i); line < len(r.places.lines); line++ {
		at := r.places.lines[line]
		if at >= i && bytes.HasPrefix(r.text[at:], []byte("---")) {
			return at
		}
	}
	return len(r.text)
}

// trees reads all documents with yaml.v3, mending what it refuses as far as
// that is possible without moving any byte, so that one run shows all such
// places.
func (r *reader) trees() []*yaml.Node {
	const budget = 16 << 20 // bytes to read over and over at most
	for spent := 0; ; spent += len(r.text) {
		trees, err := readTrees(bytes.NewReader(r.text))
		if err == nil {
			return trees
		}
		if !r.syntaxError(err) || spent > budget || len(r.diags.All) > r.limits.Problems {
			return trees
		}
	}
}

// readTrees decodes every document. On an error it returns those before it.
func readTrees(in io.Reader) (trees []*yaml.Node, err error) {
	decoder := yaml.NewDecoder(in)
	for {
		tree, err := readTree(decoder)
		if errors.Is(err, io.EOF) {
			return trees, nil
		}
		if err != nil {
			return trees, err
		}
		trees = append(trees, tree)
	}
}

// readTree guards against the panics of yaml.v3, which hostile input can cause.
func readTree(decoder *yaml.Decoder) (tree *yaml.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			tree, err = nil, fmt.Errorf("yaml: %v", p)
		}
	}()
	tree = new(yaml.Node)
	if err := decoder.Decode(tree); err != nil {
		return nil, err
	}
	if tree.Kind != yaml.DocumentNode || len(tree.Content) != 1 {
		return nil, errors.New("yaml: a document without a value")
	}
	return tree, nil
}
