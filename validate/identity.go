package validate

import (
	"strings"

	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema/answer"
)

// The parts of the identity of every component that can be configured.
const (
	microsoftToken  = "31bf3856ad364e35"
	neutralLanguage = "neutral"
	nonSxS          = "nonSxS"
)

// attribute returns an attribute of a component without a namespace, however
// its name is spelled; nil when it has none.
func attribute(c *answer.Component, name string) *answer.Attribute {
	for i := range c.Attributes {
		if strings.EqualFold(c.Attributes[i].Name, name) && c.Attributes[i].Space == "" {
			return &c.Attributes[i]
		}
	}
	return nil
}

// attributeValue is the value of an attribute, "" without one.
func attributeValue(c *answer.Component, name string) string {
	if a := attribute(c, name); a != nil {
		return a.Value
	}
	return ""
}

// componentName is where the name of a component stands: the attribute in XML,
// the key in YAML.
func componentName(c *answer.Component) source.Span {
	return attributePlace(c, "name")
}

// attributePlace is where the value of an attribute stands, or the component
// where it was not written.
func attributePlace(c *answer.Component, name string) source.Span {
	if a := attribute(c, name); a != nil && a.Spans.Value.Known() {
		return a.Spans.Value
	}
	return c.NamePlace()
}
