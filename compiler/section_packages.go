package compiler

import (
	"strings"

	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema/answer"
)

// packagesSection lists what is to be done with the packages of an image:
// updates, language packs, drivers as packages, and the features of Windows
// itself. It makes the servicing element.
//
// Source: learn.microsoft.com/windows-hardware/customize/desktop/wsim/add-a-package-to-an-answer-file.
var packagesSection = section{
	name:  "packages",
	shape: packagesShape,
	lower: lowerPackages,
	raise: raisePackages,
}

// The names of packages in XML and of their parts in the profile.
const (
	packageElement   = "package"
	identityElement  = "assemblyIdentity"
	sourceElement    = "source"
	selectionElement = "selection"

	identityPart   = "identity"
	sourcePart     = "source"
	selectionsPart = "selections"
)

func packagesShape() map[string]any {
	list := map[string]any{"type": []any{"array", "string", "null"}, "maxLength": 0, "items": packageShape()}
	return titled("Packages", "What is to be done with packages and features of the image: the servicing element of the answer file.",
		map[string]any{"anyOf": []any{list, map[string]any{
			"type": "object", "additionalProperties": false, "minProperties": 1,
			"properties": map[string]any{
				attrKey:        attributesShape("XML attributes", "Attributes of the servicing element, name to value."),
				textKey:        titled("Text", "Text that stands in the servicing element itself.", plainText()),
				packageElement: titled("Packages", "The packages, where the servicing element has attributes too.", list),
			},
		}}})
}

func packageShape() map[string]any {
	source := map[string]any{"anyOf": []any{
		map[string]any{"type": "string"},
		attributesShape("Attributes", "Attributes of the source element, name to value.",
			key{"location", "Path of the package file or of the folder that holds it."}),
	}}
	feature := attributesShape("Feature", "Attributes of the selection element, name to value.",
		key{"name", "The feature as the package calls it."}, key{"state", "true turns the feature on, false off."})
	return map[string]any{
		"type": []any{"object", "string", "null"}, "maxLength": 0, "additionalProperties": false,
		"properties": map[string]any{
			"action": titled("Action", "What is done with the package: install, configure, remove or stage.",
				map[string]any{"type": "string", "examples": []any{"install", "configure", "remove", "stage"}}),
			identityPart: attributesShape("Identity", "The package that is meant, exactly as it names itself.",
				key{"name", "Microsoft-Windows-Foundation-Package for the features of Windows itself."},
				key{"version", "Four numbers with dots, those of the package in the image."},
				key{"processorArchitecture", "The architecture that the package was built for, such as amd64."},
				key{"publicKeyToken", "31bf3856ad364e35 for packages from Microsoft."},
				key{"language", "Empty or neutral, but for language packs, which name their tag."},
				key{"versionScope", "Says nonSxS where the package names it at all."}),
			sourcePart: titled("Source", "Path of the package file, or a list of them; needed to install one that is not staged yet.",
				map[string]any{"anyOf": []any{source, map[string]any{"type": "array", "minItems": 1, "items": source}}}),
			selectionsPart: titled("Features", "Features of the package, each with true or false for on or off.",
				map[string]any{"anyOf": []any{attributesShape("Features", "Names of features to their states."),
					map[string]any{"type": "array", "minItems": 1, "items": feature}}}),
			attrKey: attributesShape("XML attributes", "Other attributes of the package element, name to value."),
			textKey: titled("Text", "Text that stands in the package element itself.", plainText()),
		},
	}
}

// key is a known key of a mapping with what editors say of it.
type key struct{ name, description string }

func plainText() map[string]any {
	return map[string]any{"type": []any{"string", "number", "boolean", "null"}}
}

// attributesShape is a mapping of names to values.
func attributesShape(title, description string, known ...key) map[string]any {
	properties := map[string]any{}
	for _, k := range known {
		properties[k.name] = titled(strings.ToUpper(k.name[:1])+k.name[1:], k.description, plainText())
	}
	return titled(title, description, map[string]any{"type": "object", "properties": properties, "additionalProperties": plainText()})
}

func lowerPackages(l *lowering, n *yamldoc.Node) {
	p := l.pair("packages")
	e := &answer.Setting{Name: "servicing", Style: answer.YAMLStructure, Section: "packages", Spans: spansOf(p)}
	l.file.Servicing = e
	s := &spot{up: &spot{}, name: "packages"}
	if n.Kind == yamldoc.Mapping && len(n.Pairs) > 0 {
		n = l.packageParts(s, e, n).Get(packageElement)
	}
	if n == nil {
		return
	}
	if empty, deliberate := emptyNode(n); empty && !deliberate {
		l.noteEmpty(s, n, p.Key.Span)
	}
	for _, item := range n.Items {
		l.file.Packages = append(l.file.Packages, l.onePackage(s, item))
	}
}

// packageParts takes over attributes and text of a mapping and returns the
// others of its entries.
func (l *lowering) packageParts(s *spot, e *answer.Setting, n *yamldoc.Node) *yamldoc.Node {
	sp := l.special(s, n, level{keys: []string{attrKey, textKey}})
	e.Attributes = append(e.Attributes, sp.attributes...)
	l.startText(s, e, sp.text)
	return &yamldoc.Node{Kind: yamldoc.Mapping, Pairs: sp.rest, Span: n.Span}
}

func (l *lowering) onePackage(up *spot, n *yamldoc.Node) *answer.Setting {
	e := &answer.Setting{Name: packageElement, Style: answer.YAMLStructure, Section: "packages", Spans: answer.Spans{Whole: n.Span}}
	s := &spot{up: up, name: packageElement}
	if empty, deliberate := emptyNode(n); empty {
		if !deliberate {
			l.noteEmpty(s, n, n.Span)
		}
		return e
	}
	for _, p := range l.packageParts(s, e, n).Pairs {
		switch p.Key.Text {
		case "action":
			e.Attributes = append(e.Attributes, answer.Attribute{Name: "action", Value: l.text(p.Value), Spans: spansOf(p)})
		case identityPart:
			e.Children = append(e.Children, l.attributed(s, identityElement, p.Value, spansOf(p)))
		case sourcePart:
			e.Children = append(e.Children, l.sources(s, p)...)
		case selectionsPart:
			e.Children = append(e.Children, l.selections(s, p)...)
		}
	}
	l.checkTwice(s, e.Attributes)
	return e
}

// attributed makes an element whose attributes are the entries of a mapping.
func (l *lowering) attributed(up *spot, name string, n *yamldoc.Node, at answer.Spans) *answer.Setting {
	return &answer.Setting{Name: name, Style: answer.YAMLStructure, Section: "packages", Spans: at,
		Attributes: l.attributes(&spot{up: up, name: name}, n)}
}

func (l *lowering) sources(s *spot, p yamldoc.Pair) []*answer.Setting {
	items := p.Value.Items
	if p.Value.Kind != yamldoc.Sequence {
		items = []*yamldoc.Node{p.Value}
	}
	var all []*answer.Setting
	for _, n := range items {
		if n.Kind == yamldoc.Mapping {
			all = append(all, l.attributed(s, sourceElement, n, answer.Spans{Whole: n.Span}))
			continue
		}
		at := answer.Spans{Whole: n.Span, Value: n.Span}
		all = append(all, &answer.Setting{Name: sourceElement, Style: answer.YAMLStructure, Section: "packages", Spans: at,
			Attributes: []answer.Attribute{{Name: "location", Value: l.text(n), Spans: at}}})
	}
	return all
}

func (l *lowering) selections(s *spot, p yamldoc.Pair) []*answer.Setting {
	var all []*answer.Setting
	for _, n := range p.Value.Items {
		all = append(all, l.attributed(s, selectionElement, n, answer.Spans{Whole: n.Span}))
	}
	for _, feature := range p.Value.Pairs {
		at := spansOf(feature)
		if strings.Contains(feature.Key.Text, variable) {
			continue // reported with the variables
		}
		if feature.Value.Kind != yamldoc.Scalar {
			l.diags.Add(s.in(rule.SettingForm.At(feature.Value.Span, "the state of a feature is one value, not %s", feature.Value.Kind)))
			continue
		}
		all = append(all, &answer.Setting{Name: selectionElement, Style: answer.YAMLStructure, Section: "packages", Spans: at, Attributes: []answer.Attribute{
			{Name: "name", Value: feature.Key.Text, Spans: answer.Spans{Whole: at.Name, Value: at.Name}},
			{Name: "state", Value: l.text(feature.Value), Spans: at},
		}})
	}
	return all
}
