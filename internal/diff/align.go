package diff

import "strconv"

// step is one item on the way from one sequence to the other; -1 stands for a
// side that lacks it.
type step struct {
	a, b  int
	moved bool
}

// place is an index as people count.
func place(i int) string { return strconv.Itoa(i + 1) }

// token is what makes two items of sequences the same.
type token struct {
	sum    [32]byte
	number string
}

func tokens(items []*node, numbers bool) []token {
	out := make([]token, len(items))
	for i, n := range items {
		out[i].sum = n.sum
		if numbers {
			out[i].number = n.numberText()
		}
	}
	return out
}

// align pairs the items of two sequences: first those that are the same and in
// the same order, then those that are the same elsewhere, then, between two of
// the former, those that have most in common. The steps follow b, and what b
// lacks stands where it was missed.
func align(a, b []*node, numbers bool) []step {
	x, y := tokens(a, numbers), tokens(b, numbers)
	anchors := common(x, y)
	anchors = append(anchors, step{a: len(a), b: len(b)})
	moves := movesBetween(x, y, anchors)
	var steps []step
	i, j := 0, 0
	for _, anchor := range anchors {
		for _, s := range pairs(a, b, left(i, anchor.a, moves.ofA), left(j, anchor.b, moves.ofB)) {
			for ; j < s.b; j++ {
				steps = moves.add(steps, j)
			}
			steps = append(steps, s)
		}
		for ; j < anchor.b; j++ {
			steps = moves.add(steps, j)
		}
		if anchor.a < len(a) {
			steps = append(steps, anchor)
		}
		i, j = anchor.a+1, anchor.b+1
	}
	return steps
}

// left are the indexes from i to before end that have not moved.
func left(i, end int, moved map[int]int) (out []int) {
	for ; i < end; i++ {
		if _, is := moved[i]; !is {
			out = append(out, i)
		}
	}
	return out
}

// moves are the items that stand on both sides, but not in the same order.
type moves struct{ ofA, ofB map[int]int }

// add appends the item of b with that index, if it has moved.
func (m *moves) add(steps []step, j int) []step {
	if from, is := m.ofB[j]; is {
		steps = append(steps, step{from, j, true})
	}
	return steps
}

func movesBetween(a, b []token, anchors []step) moves {
	m := moves{ofA: map[int]int{}, ofB: map[int]int{}}
	waiting := map[token][]int{}
	at := 0
	for i := range a {
		if at < len(anchors) && anchors[at].a == i {
			at++
			continue
		}
		waiting[a[i]] = append(waiting[a[i]], i)
	}
	at = 0
	for j := range b {
		if at < len(anchors) && anchors[at].b == j {
			at++
			continue
		}
		if from := waiting[b[j]]; len(from) > 0 {
			m.ofA[from[0]], m.ofB[j] = j, from[0]
			waiting[b[j]] = from[1:]
		}
	}
	return m
}

// pairLimit bounds how many items are graded against each other.
const pairLimit = 2500

// pairs pairs what is left on both sides between two anchors.
func pairs(a, b []*node, x, y []int) (out []step) {
	if len(x)*len(y) <= pairLimit {
		return bestPairs(a, b, x, y)
	}
	for k := range max(len(x), len(y)) {
		switch {
		case k >= len(y):
			out = append(out, step{a: x[k], b: -1})
		case k >= len(x):
			out = append(out, step{a: -1, b: y[k]})
		case a[x[k]].id == b[y[k]].id:
			out = append(out, step{a: x[k], b: y[k]})
		default:
			out = append(out, step{a: x[k], b: -1}, step{a: -1, b: y[k]})
		}
	}
	return out
}

// bestPairs keeps the order on both sides and pairs as many items, as like
// each other, as it can.
func bestPairs(a, b []*node, x, y []int) (out []step) {
	width := len(y) + 1
	score := make([]int, (len(x)+1)*width)
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			best := max(score[(i+1)*width+j], score[i*width+j+1])
			if s := alike(a[x[i]], b[y[j]]); s > 0 {
				best = max(best, score[(i+1)*width+j+1]+s)
			}
			score[i*width+j] = best
		}
	}
	i, j := 0, 0
	for i < len(x) || j < len(y) {
		if i < len(x) && j < len(y) {
			if s := alike(a[x[i]], b[y[j]]); s > 0 && score[i*width+j] == score[(i+1)*width+j+1]+s {
				out = append(out, step{a: x[i], b: y[j]})
				i++
				j++
				continue
			}
		}
		if j == len(y) || i < len(x) && score[i*width+j] == score[(i+1)*width+j] {
			out = append(out, step{a: x[i], b: -1})
			i++
			continue
		}
		out = append(out, step{a: -1, b: y[j]})
		j++
	}
	return out
}

// alikeLimit bounds how many children of an item are looked at to grade it.
const alikeLimit = 32

// alike grades two items; 0 means that they cannot be compared. Every pair
// counts, and more so with children in common.
func alike(a, b *node) int {
	if a.id != b.id {
		return 0
	}
	grade := 1
	if a.value == b.value && a.value != "" {
		grade += 2
	}
	for _, g := range a.groups[:min(len(a.groups), alikeLimit)] {
		other := b.index[g.id]
		if other == nil {
			continue
		}
		for i := range min(len(g.items), len(other.items), alikeLimit) {
			if g.items[i].sum == other.items[i].sum && !g.items[i].implied {
				grade += 2
			}
		}
	}
	return grade
}
