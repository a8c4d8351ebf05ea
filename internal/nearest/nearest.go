// Package nearest answers "did you mean": which of the known words a mistyped
// one was probably meant to be.
package nearest

import "strings"

// Word returns the candidate that the word was probably meant to be, ""
// when none is near: about one edit in four characters, case not counted. Of
// equally near ones the first wins, so that the answer does not change between
// runs. Numbers and single letters are near to nothing else.
func Word(word string, candidates []string) string {
	best, least := "", len(word)/4+2
	if len(word) < 2 || !strings.ContainsFunc(word, func(r rune) bool { return r > '9' }) {
		least = 1
	}
	for _, c := range candidates {
		if d := editDistance(word, c, least); d < least {
			best, least = c, d
		}
	}
	return best
}

// editDistance counts the insertions, deletions, replacements and swaps of
// neighbours that turn a into b without regard to case. It gives up at limit.
func editDistance(a, b string, limit int) int {
	if a == b {
		return 0
	}
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	a, b = middles(a, b)
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			x, y := lower(a[i-1]), lower(b[j-1])
			cost := 1
			if x == y {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x == lower(b[j-2]) && lower(a[i-2]) == y {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least >= limit {
			return limit
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit)
}

// middles cuts what two words have in common from both ends: long names begin
// alike, and the time goes with the product of the lengths.
func middles(a, b string) (string, string) {
	for a != "" && b != "" && lower(a[0]) == lower(b[0]) {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && lower(a[len(a)-1]) == lower(b[len(b)-1]) {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return a, b
}

func lower(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}
