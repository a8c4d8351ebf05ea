package answer

import (
	"slices"
	"testing"
)

func names(attributes []Attribute) (out []string) {
	for _, a := range attributes {
		out = append(out, a.Name+"="+a.Value)
	}
	return out
}

func TestComponentAttributesStandInTheirUsualOrder(t *testing.T) {
	cases := []struct {
		name string
		c    Component
		want []string
	}{
		{"none", Component{}, nil},
		{"made from the name", Component{Name: "A", Architecture: "x86"}, []string{"name=A", "processorArchitecture=x86"}},
		{"as written", Component{Name: "A", Architecture: "x86", Attributes: []Attribute{
			{Name: "versionScope", Value: "nonSxS"}, {Name: "note", Value: "1"}, {Name: "language", Value: "neutral"},
			{Name: "ProcessorArchitecture", Value: "x86"}, {Name: "extra", Value: "2"}, {Name: "NAME", Value: "A"},
		}}, []string{"NAME=A", "ProcessorArchitecture=x86", "language=neutral", "versionScope=nonSxS", "note=1", "extra=2"}},
		{"foreign name", Component{Name: "A", Attributes: []Attribute{{Space: "urn:x", Name: "name", Value: "B"}}}, []string{"name=A", "name=B"}},
	}
	for _, c := range cases {
		before := names(c.c.Attributes)
		if got := names(c.c.Written()); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		if !slices.Equal(names(c.c.Attributes), before) {
			t.Errorf("%s: the component was changed", c.name)
		}
	}
}

func TestPassAttributeComesFirst(t *testing.T) {
	processed := []Attribute{{Name: "wasPassProcessed", Value: "true"}}
	cases := []struct {
		name string
		p    Pass
		want []string
	}{
		{"usual", Pass{Name: "specialize", Attributes: processed}, []string{"pass=specialize", "wasPassProcessed=true"}},
		{"no name", Pass{Attributes: processed}, []string{"wasPassProcessed=true"}},
		{"other case", Pass{Name: "specialize", Attributes: []Attribute{{Name: "Pass", Value: "specialize"}}}, []string{"Pass=specialize"}},
	}
	for _, c := range cases {
		if got := names(c.p.Written()); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
