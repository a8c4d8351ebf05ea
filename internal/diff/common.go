package diff

import "sort"

// tableLimit bounds the cells of all tables in the comparison of two sequences.
const tableLimit = 1 << 22

// common returns a common subsequence: the longest one where the sequences are
// as long as people write them. Longer ones are cut at what stands once in
// each, and where the tables have no room left they are compared place by
// place.
func common(a, b []token) []step {
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	m, n := len(a), len(b)
	for m > start && n > start && a[m-1] == b[n-1] {
		m--
		n--
	}
	c := subsequence{room: tableLimit}
	c.run(0, 0, start)
	if m > start && n > start {
		x, y, count := numbered(a[start:m], b[start:n])
		c.between(x, y, start, start, count)
	}
	c.run(m, n, len(a)-m)
	return c.steps
}

// numbered gives equal tokens the same number, below count.
func numbered(a, b []token) (x, y []int32, count int) {
	numbers := map[token]int32{}
	number := func(list []token) []int32 {
		out := make([]int32, len(list))
		for i, t := range list {
			n, known := numbers[t]
			if !known {
				n = int32(len(numbers))
				numbers[t] = n
			}
			out[i] = n
		}
		return out
	}
	x, y = number(a), number(b)
	return x, y, len(numbers)
}

// subsequence is a common one that grows from the start to the end.
type subsequence struct {
	steps []step
	room  int // cells that tables may still have
}

// run appends neighbours that are the same.
func (c *subsequence) run(a, b, length int) {
	for i := range length {
		c.steps = append(c.steps, step{a: a + i, b: b + i})
	}
}

// between appends what two stretches have in common that start at a and b;
// count is how many numbers there are.
func (c *subsequence) between(x, y []int32, a, b, count int) {
	if c.table(x, y, a, b) {
		return
	}
	i, j := 0, 0
	for _, once := range append(onceInEach(x, y, count), step{a: len(x), b: len(y)}) {
		if before := x[i:once.a]; !c.table(before, y[j:once.b], a+i, b+j) {
			c.places(before, y[j:once.b], a+i, b+j)
		}
		if once.a < len(x) {
			c.run(a+once.a, b+once.b, 1)
		}
		i, j = once.a+1, once.b+1
	}
}

// places appends what stands at the same place of two stretches.
func (c *subsequence) places(x, y []int32, a, b int) {
	for i := range min(len(x), len(y)) {
		if x[i] == y[i] {
			c.run(a+i, b+i, 1)
		}
	}
}

// table appends a longest common subsequence, unless the table that finds it is
// too large.
func (c *subsequence) table(x, y []int32, a, b int) bool {
	if len(x) == 0 || len(y) == 0 {
		return true
	}
	width := len(y) + 1
	if len(x)+1 > c.room/width {
		return false
	}
	c.room -= (len(x) + 1) * width
	length := make([]int32, (len(x)+1)*width) // of a longest common subsequence behind i, j
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i] == y[j] {
				length[i*width+j] = length[(i+1)*width+j+1] + 1
			} else {
				length[i*width+j] = max(length[(i+1)*width+j], length[i*width+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] == y[j]:
			c.run(a+i, b+j, 1)
			i++
			j++
		case length[(i+1)*width+j] >= length[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return true
}

// onceInEach pairs what stands once on both sides and keeps as many pairs as
// have the same order on both: the longest ascending run, found by patience.
func onceInEach(x, y []int32, count int) []step {
	inX, inY := places(x, count), places(y, count)
	var pairs []step
	for i, n := range x {
		if inX[n] == i && inY[n] >= 0 {
			pairs = append(pairs, step{a: i, b: inY[n]})
		}
	}
	before := make([]int, len(pairs)) // the pair before each in the best run that ends there
	var ends []int                    // the pair that ends the best run of each length
	for i, p := range pairs {
		at := sort.Search(len(ends), func(k int) bool { return pairs[ends[k]].b > p.b })
		before[i] = -1
		if at > 0 {
			before[i] = ends[at-1]
		}
		if at == len(ends) {
			ends = append(ends, i)
		} else {
			ends[at] = i
		}
	}
	run, latest := make([]step, len(ends)), -1
	for k := len(ends) - 1; k >= 0; k-- {
		i := ends[k]
		if k+1 < len(ends) {
			i = before[latest]
		}
		run[k], latest = pairs[i], i
	}
	return run
}

// places tells where each number stands that stands once; below 0 for others.
func places(list []int32, count int) []int {
	const none, several = -1, -2
	at := make([]int, count)
	for n := range at {
		at[n] = none
	}
	for i, n := range list {
		if at[n] != none {
			at[n] = several
		} else {
			at[n] = i
		}
	}
	return at
}
