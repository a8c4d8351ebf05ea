package answer

import (
	"slices"
	"strings"
)

// identity is the order in which the attributes of a component stand.
var identity = [...]string{"name", "processorArchitecture", "publicKeyToken", "language", "versionScope"}

// Written is the list of attributes as the settings element has them, pass
// first.
func (p *Pass) Written() []Attribute {
	if p.Name == "" || hasFold(p.Attributes, "pass") {
		return p.Attributes
	}
	return append([]Attribute{{Name: "pass", Value: p.Name, Spans: Spans{Value: p.Value}}}, p.Attributes...)
}

// Written is the list of attributes as the component element has them: the
// identity of the component first, in its usual order, then the others as they
// stand.
func (c *Component) Written() []Attribute {
	out := slices.Clone(c.Attributes)
	if c.Name != "" && !hasFold(out, "name") {
		out = append(out, Attribute{Name: "name", Value: c.Name})
	}
	if c.Architecture != "" && !hasFold(out, "processorArchitecture") {
		out = append(out, Attribute{Name: "processorArchitecture", Value: c.Architecture})
	}
	slices.SortStableFunc(out, func(a, b Attribute) int { return identityRank(a) - identityRank(b) })
	return out
}

func identityRank(a Attribute) int {
	for i, name := range identity {
		if a.Space == "" && strings.EqualFold(a.Name, name) {
			return i
		}
	}
	return len(identity)
}

func hasFold(attributes []Attribute, name string) bool {
	return slices.ContainsFunc(attributes, func(a Attribute) bool { return a.Space == "" && strings.EqualFold(a.Name, name) })
}
