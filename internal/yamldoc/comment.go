package yamldoc

import (
	"sort"
	"strings"
)

// entry is a pair of a mapping or an item of a list while its document is
// read: what comments attach to.
type entry struct {
	owner     *entry // the entry whose value holds this one, nil at the root
	container *Node
	key       *Node // nil for an item
	value     *Node
	start     int // offset of the key or of the item's dash
	valueAt   int
	column    int
	flow      bool // between brackets or braces
}

// enter records the next entry in the order of the file.
func (r *reader) enter(e entry) *entry {
	r.entries = append(r.entries, &e)
	return &e
}

// holder is the node that bears the comments of an entry.
func (e *entry) holder() *Node {
	if e.key != nil {
		return e.key
	}
	return e.value
}

// closed tells whether the brackets around an entry end before an offset.
func (e *entry) closed(at int) bool { return e.flow && e.container.Span.End <= at }

// attaching gives the comments of one document to its entries.
type attaching struct {
	*reader
	root    built
	next    int // index of the next entry
	last    *entry
	blank   bool // an empty line precedes
	started bool // a comment or an entry was seen
}

// run walks through all that stands between scalars from an offset to another.
// Own scanning instead of yaml.v3's: that one moves comments about and drops
// some.
func (a *attaching) run(from, to int) {
	sort.SliceStable(a.entries, func(i, j int) bool { return a.entries[i].start < a.entries[j].start })
	sort.Slice(a.marks, func(i, j int) bool { return a.marks[i].start < a.marks[j].start })
	for _, e := range a.entries {
		e.column = e.start - a.places.lineStart(e.start)
	}
	content, mark := false, 0 // content: something but a comment stands on this line
	for i := max(from, a.places.lines[0]); i < to; {
		a.reach(i)
		for mark < len(a.marks) && a.marks[mark].end <= i {
			mark++
		}
		if mark < len(a.marks) && a.marks[mark].start <= i {
			i = a.marks[mark].end
			content, a.blank = breakAt(a.text, i-1) == 0, false
			continue
		}
		if n := breakAt(a.text, i); n > 0 {
			a.blank = a.blank || !content
			content = false
			i += n
			continue
		}
		switch {
		case a.text[i] == '#':
			end := lineEnd(a.text, i)
			a.comment(i, commentText(a.text[i:end]), content)
			content = true
			i = end
		case isBlank(a.text[i]):
			i++
		default:
			content, a.blank = true, false
			i++
		}
	}
	a.reach(to)
}

// commentText takes "#" and one blank off a comment.
func commentText(raw []byte) string {
	return strings.TrimRight(strings.TrimPrefix(string(raw[1:]), " "), " \t")
}

// reach notes the entries that start at or before an offset.
func (a *attaching) reach(at int) {
	for a.next < len(a.entries) && a.entries[a.next].start <= at {
		a.last = a.entries[a.next]
		a.next++
		if a.blank && a.started {
			a.above(a.last)
		}
		a.blank, a.started = false, true
	}
}

// upcoming is the next entry, nil at the end of the document.
func (a *attaching) upcoming() *entry {
	if a.next < len(a.entries) {
		return a.entries[a.next]
	}
	return nil
}

// above adds lines to the head of an entry, below to its foot; both begin with
// the empty line that precedes.
func (a *attaching) above(e *entry, lines ...string) {
	head := &e.holder().Comment.Head
	if e == a.entries[0] && len(*head) == 0 { // a document does not begin with an empty line
		a.blank = false
	}
	a.put(head, lines)
}

func (a *attaching) below(e *entry, lines ...string) { a.put(&e.holder().Comment.Foot, lines) }

func (a *attaching) put(to *[]string, lines []string) {
	doubled := len(*to) > 0 && (*to)[len(*to)-1] == Blank // above a key and between it and its value
	if a.blank && a.started && !doubled {
		*to = append(*to, Blank)
	}
	*to = append(*to, lines...)
	a.blank, a.started = false, true
}

func (a *attaching) comment(at int, text string, behind bool) {
	a.spread(at)
	switch e := a.opened(at); {
	case len(a.entries) == 0:
		a.ofRoot(at, text, behind)
	case behind && e != nil:
		e.line(text)
		a.started = true
	case a.last == nil:
		a.above(a.entries[0], text)
	default:
		a.ownLine(at, text)
	}
}

// spread takes flow style from all that holds a comment between its brackets:
// one line cannot hold it.
func (a *attaching) spread(at int) {
	for e := a.last; e != nil; e = e.owner {
		for _, n := range []*Node{e.value, e.container} {
			if n.Span.Start < at && at < n.Span.End {
				n.Flow = false
			}
		}
	}
}

// ofRoot attaches a comment to a document that is one scalar, {} or [].
func (a *attaching) ofRoot(at int, text string, behind bool) {
	c := &a.root.node.Comment
	switch {
	case at < a.root.start:
		a.put(&c.Head, []string{text})
	case behind && c.Line == "":
		c.Line, a.started = text, true
	default:
		a.started = true
		a.put(&c.Foot, []string{text})
	}
}

// opened is the last entry that is not inside brackets which are closed before
// an offset.
func (a *attaching) opened(at int) *entry {
	e := a.last
	for e != nil && e.closed(at) {
		e = e.owner
	}
	return e
}

// line adds a comment behind an entry. A second one, which only text in
// brackets can have, is joined to the first.
func (e *entry) line(text string) {
	n := e.value
	if e.key != nil && len(n.Pairs)+len(n.Items) > 0 {
		n = e.key
	}
	switch {
	case text == "":
	case n.Comment.Line == "":
		n.Comment.Line = text
	default:
		n.Comment.Line += " # " + text
	}
}

// ownLine attaches a comment that has a line of its own. It belongs to what
// follows, unless it is indented deeper than that: then it ends what precedes.
func (a *attaching) ownLine(at int, text string) {
	e, next := a.opened(at), a.upcoming()
	switch {
	case e == nil && next == nil:
		a.below(a.outermost(), text)
	case e == nil:
		a.above(next, text)
	case at < e.valueAt && (next == nil || next.start != e.valueAt):
		a.above(e, text) // between a key and its value
	case next != nil && next.flow && at > next.container.Span.Start:
		a.above(next, text)
	case e.flow:
		a.below(e, text)
	default:
		a.byColumn(e, next, at, text)
	}
}

func (a *attaching) outermost() *entry {
	e := a.last
	for e.owner != nil {
		e = e.owner
	}
	return e
}

func (a *attaching) byColumn(e, next *entry, at int, text string) {
	column := at - a.places.lineStart(at)
	for e.owner != nil && e.column > column {
		e = e.owner
	}
	switch {
	case next == nil:
		a.below(e, text)
	case e.column > next.column && e.column <= column:
		a.below(e, text)
	default:
		a.above(next, text)
	}
}
