package diff

import (
	"slices"
	"strconv"
)

// settle brings the items of a group into the sequence that their numbers
// make, if they make one, and labels each with its key or place.
func (g *group) settle() {
	numbers, ok := g.numbers()
	g.running = ok
	if ok {
		from := make([]int, len(numbers))
		for i := range from {
			from[i] = i
		}
		slices.SortFunc(from, func(a, b int) int { return numbers[a] - numbers[b] })
		items := make([]*node, len(from))
		for i, at := range from {
			items[i] = g.items[at]
		}
		g.items = items
	}
	for i, item := range g.items {
		switch {
		case item.kind != settingNode || item.key != "":
		case g.numbering == byKeyValue && !ok && item.number != nil:
			item.key = item.number.shown
		case len(g.items) > 1 || g.numbering != unnumbered:
			item.key = strconv.Itoa(i + 1)
		}
	}
}

// numbers returns the numbers of the items when they tell a sequence and
// nothing else: for Order distinct numbers from 1 on, for wcm:keyValue exactly
// those from 1 to n.
func (g *group) numbers() (numbers []int, ok bool) {
	if g.numbering == unnumbered {
		return nil, false
	}
	seen := map[int]bool{}
	for _, item := range g.items {
		text := item.numberText()
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || seen[n] || g.numbering == byKeyValue && (n > len(g.items) || strconv.Itoa(n) != text) {
			return nil, false
		}
		seen[n] = true
		numbers = append(numbers, n)
	}
	return numbers, true
}
