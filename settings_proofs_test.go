package reseal_test

import (
	"slices"
	"strings"
	"testing"
)

// proofs tell for each limit of the table which mutation breaks it and which
// allowance reaches it, by the start of their names; "" for none.
var proofs = map[string]struct{ mutation, allowance string }{
	"values":     {"none of the values", "listed"},
	"list":       {"a part that is not listed", "several values"},
	"known":      {"", "known"},
	"separator":  {"", "several values"},
	"special":    {"", "allowed beside the limits"},
	"bits":       {"no sum of the flags", "all flags"},
	"default":    {"", "the default"},
	"min":        {"below the minimum", "the minimum"},
	"max":        {"above the maximum", "the maximum"},
	"soft":       {"below the minimum", ""},
	"minlength":  {"too short", "the smallest length"},
	"maxlength":  {"too long", "the greatest length"},
	"nochars":    {"a forbidden character", ""},
	"novalues":   {"a forbidden value", ""},
	"prefix":     {"no ip", "a prefix"},
	"order":      {}, // a test of its own
	"maxitems":   {"too many items", "the greatest number of items"},
	"required":   {"left out", ""},
	"empty":      {"empty", "empty"},
	"sensitive":  {}, // the secret of every sample is watched
	"text":       {"a mapping for a value", "a secret"},
	"aliases":    {"", "called "},
	"deprecated": {"", "before it was retired"}, // every sample is held to it
	"introduced": {"for a release before the first", "in the first release"},
	"editions":   {}, // words
	"inferred":   {}, // where the passes come from
}

// A limit that no mutation breaks and no allowance reaches would go unproved.
func TestEveryLimitOfEverySettingHasItsProofs(t *testing.T) {
	for _, c := range settingsReference(t) {
		for _, r := range c.rows {
			broken, reached := []string{}, []string{}
			for _, m := range mutations(c, r) {
				broken = append(broken, m.what)
			}
			for _, a := range allowances(r) {
				reached = append(reached, a.what)
			}
			for limit := range r.limits {
				proof, ok := proofs[limit]
				if !ok {
					t.Errorf("%s %s: nobody knows the limit %s", r.component, r.path, limit)
				}
				if exempt(r, limit, &proof.mutation, &proof.allowance); !names(broken, proof.mutation) || !names(reached, proof.allowance) {
					t.Errorf("%s %s: the limit %s is not proved by %q and %q", r.component, r.path, limit, proof.mutation, proof.allowance)
				}
			}
		}
	}
}

// names tells whether one of the words starts like that.
func names(words []string, start string) bool {
	return start == "" || slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, start) })
}

// exempt empties the names of proofs that cannot be: of limits that another
// one hides or that have no release.
func exempt(r *setting, limit string, mutation, allowance *string) {
	switch limit {
	case "bits":
		if mask(r) == r.number("max") { // every number up to the maximum is a sum
			*mutation = ""
		}
	case "min", "max":
		if r.has("bits") {
			*allowance = ""
		}
	case "minlength":
		if r.number(limit) == 1 {
			*mutation = "empty"
		}
		fallthrough
	case "maxlength":
		if ownForm(r) {
			*allowance = ""
		}
	case "empty":
		if r.limits["empty"] == "no" || r.number("minlength") > 0 {
			*allowance = ""
		} else {
			*mutation = ""
		}
	case "default":
		if r.word(limit) == "" {
			*allowance = ""
		}
	case "deprecated":
		if age(r.retiredIn()) < 1 {
			*allowance = ""
		}
	}
}
