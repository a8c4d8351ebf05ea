package reseal_test

// allowance brings a sample to a limit without breaking it and returns the
// value that its target then has.
type allowance struct {
	what   string
	change func(*sample) string
}

// allowances are the ways to go as far as the reference lets a setting go.
func allowances(r *setting) []allowance {
	var all []allowance
	for _, name := range r.words("aliases") {
		all = append(all, allowance{"called " + name, func(s *sample) string {
			s.target.key = name
			return s.target.text
		}})
	}
	if since := r.retiredIn(); age(since) > 0 {
		all = append(all, allowance{"before it was retired", func(s *sample) string {
			s.setRelease(before(since))
			return s.target.text
		}})
	}
	if r.has("introduced") {
		all = append(all, allowance{"in the first release", func(s *sample) string {
			s.setRelease(releases[age(r.word("introduced"))].id)
			return s.target.text
		}})
	}
	if r.has("maxitems") {
		all = append(all, allowance{"the greatest number of items", func(s *sample) string {
			for len(s.target.below) < r.number("maxitems") {
				another(s.target, r.below[0], s.pass.key)
			}
			return ""
		}})
	}
	if !r.text() {
		return all
	}
	for _, v := range allowedValues(r) {
		all = append(all, allowance{v.what + ": " + v.text, func(s *sample) string {
			s.target.text = v.text
			return v.text
		}})
	}
	return append(all, allowance{"a secret", func(s *sample) string {
		s.target.form, s.target.below = mapping, []*node{scalarNode("env", "SAMPLE")}
		return s.target.text
	}})
}
