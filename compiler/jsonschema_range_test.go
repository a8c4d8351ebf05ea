package compiler

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"testing"
)

func bound(n int64) *int64 { return &n }

func TestRangePatternMatchesExactlyTheNumbersOfTheRange(t *testing.T) {
	edges := []int64{-120, -100, -99, -11, -10, -9, -1, 0, 1, 7, 9, 10, 19, 42, 99, 100, 101, 120}
	for _, low := range edges {
		for _, high := range edges {
			if low <= high {
				holdsTo(t, bounds{bound(low), bound(high)})
			}
		}
		holdsTo(t, bounds{min: bound(low)})
		holdsTo(t, bounds{max: bound(low)})
	}
	holdsTo(t, bounds{})
}

// holdsTo compares the pattern with arithmetic for every number around 0.
func holdsTo(t *testing.T, b bounds) {
	t.Helper()
	pattern := b.pattern()
	re := regexp.MustCompile(pattern)
	for n := int64(-1300); n <= 1300; n++ {
		want := (b.min == nil || n >= *b.min) && (b.max == nil || n <= *b.max)
		for _, text := range spellings(n) {
			if re.MatchString(text) != want {
				t.Errorf("%s on %q: matches is not %v", pattern, text, want)
				return
			}
		}
	}
}

func spellings(n int64) []string {
	if n < 0 {
		return []string{strconv.FormatInt(n, 10), fmt.Sprintf("-00%d", -n)}
	}
	return []string{strconv.FormatInt(n, 10), fmt.Sprintf("00%d", n)}
}

func TestRangePatternAtTheEdgesOfWhatTheCatalogueHolds(t *testing.T) {
	for _, test := range []struct {
		b       bounds
		in, out []string
	}{
		{bounds{bound(0), bound(math.MaxUint32)}, []string{"0", "4294967295", "4294967290", "999999999"}, []string{"4294967296", "5000000000", "10000000000", "-1"}},
		{bounds{bound(math.MinInt64), bound(math.MaxInt64)}, []string{"-9223372036854775808", "9223372036854775807", "0", "-0"}, []string{"-9223372036854775809", "9223372036854775808"}},
		{bounds{bound(1), bound(65535)}, []string{"1", "80", "65535", "0443", "+80"}, []string{"0", "65536", "70000", "", " 80", "8e1", "-80", "+0", "++1", "-0"}},
	} {
		re := regexp.MustCompile(test.b.pattern())
		for _, text := range test.in {
			if !re.MatchString(text) {
				t.Errorf("%s refuses %q", re, text)
			}
		}
		for _, text := range test.out {
			if re.MatchString(text) {
				t.Errorf("%s accepts %q", re, text)
			}
		}
	}
}
