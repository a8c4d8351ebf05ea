package setuplog

import (
	"slices"
	"strings"
)

// How many Error lines of one failure are kept: the first ones, those that a
// signature may know, and the last ones.
const (
	keepFirst = 96
	keepKnown = 96
	keepLast  = 64
	keepBytes = 1 << 10 // of one message
)

// kept is an Error line that may have part in a failure.
type kept struct {
	number  int
	end     int    // the last line that belongs to it
	bytes   []byte // the message
	message string // the same, filled in by lines
	lower   string // the same in lower case, filled in by lines
	strong  bool   // of Sysprep or Setup itself rather than of the servicing stack below
	fatal   bool
	known   bool // it holds the text of a signature
	quoted  bool // it stands by itself, with nothing of a log around it
}

// block is what went wrong up to one verdict of Sysprep.
type block struct {
	first, known, last []kept
	next               int  // the oldest of last, once that is full
	fatal              bool // one of the lines ends a run
	phase              string
	start              int // line on which the provider that failed was started, 0 if none was
	provider           string
}

func (b *block) empty() bool { return len(b.first) == 0 }

// add keeps a line. Of a flood the middle is lost, but for lines that a
// signature may know.
func (b *block) add(k kept, message []byte) {
	b.fatal = b.fatal || k.fatal
	message = message[:min(len(message), keepBytes)]
	k.end = k.number
	if newest := b.newest(); newest != nil && newest.number == k.number { // the same message with one more line of it
		newest.bytes = append(newest.bytes[:0], message...)
		newest.fatal, newest.known = newest.fatal || k.fatal, newest.known || k.known
		return
	}
	if len(b.first) < keepFirst {
		k.bytes = slices.Clone(message)
		b.first = append(b.first, k)
		return
	}
	if len(b.last) < keepLast {
		k.bytes = slices.Clone(message)
		b.last = append(b.last, k)
		return
	}
	old := &b.last[b.next]
	var room []byte
	if (old.fatal || old.known) && len(b.known) < keepKnown {
		b.known = append(b.known, *old)
	} else {
		room = old.bytes[:0]
	}
	k.bytes = append(room, message...)
	*old = k
	b.next = (b.next + 1) % keepLast
}

// newest is the line that was added last, nil for none.
func (b *block) newest() *kept {
	switch {
	case len(b.last) == keepLast:
		return &b.last[(b.next+keepLast-1)%keepLast]
	case len(b.last) > 0:
		return &b.last[len(b.last)-1]
	case len(b.first) > 0:
		return &b.first[len(b.first)-1]
	}
	return nil
}

// extend takes a line that tells nothing for one of the line that was added
// last, if it stands directly below.
func (b *block) extend(number int) {
	if k := b.newest(); k != nil && k.end == number-1 {
		k.end = number
	}
}

// weaken takes the line that was added last for no cause, if it is that one:
// one more line of its message shows it to be harmless.
func (b *block) weaken(number int) {
	if k := b.newest(); k != nil && k.number == number {
		k.strong, k.known = false, false
	}
}

// lines returns what was kept, in the order of the log.
func (b *block) lines() []kept {
	all := slices.Concat(b.first, b.known, b.last)
	for i := range all {
		all[i].message = strings.ToValidUTF8(string(all[i].bytes), "\ufffd")
		all[i].lower = strings.ToLower(all[i].message)
	}
	slices.SortStableFunc(all, func(x, y kept) int { return x.number - y.number })
	return all
}

// forgive drops the lines from a number on: the provider that wrote them went
// on to succeed.
func (b *block) forgive(from int) {
	if b.empty() {
		return
	}
	drop := func(k kept) bool { return k.number >= from && !k.fatal }
	b.first = slices.DeleteFunc(b.first, drop)
	b.known = slices.DeleteFunc(b.known, drop)
	if len(b.last) == keepLast && b.next > 0 { // straighten the ring before it shrinks
		b.last = slices.Concat(b.last[b.next:], b.last[:b.next])
		b.next = 0
	}
	b.last = slices.DeleteFunc(b.last, drop)
}
