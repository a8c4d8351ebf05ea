package yamldoc

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/nearest"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/source"
)

// Decode reads a small file of settings into what into points to: a struct
// whose fields carry `yaml:"name"` tags (the lower-case name of the field
// without one, "-" for none), with strings, bools, integers, pointers, slices,
// maps with string keys, structs and *Node below it. Every key that the struct
// does not have and every value of another type is a diagnostic at its place;
// all the rest is filled in. A field that the file lacks keeps its value.
func Decode(f *source.File, into any) *diag.List {
	docs, diags := Parse(f)
	if len(docs) > 1 {
		diags.Add(rule.YamlShape.At(docs[1].Span, "the file holds a second document, but one is all that is read").
			Helpf("Remove the line --- and what follows it."))
	}
	if len(docs) > 0 {
		d := decoder{diags: diags}
		d.value(docs[0], reflect.ValueOf(into).Elem(), "the file")
	}
	diags.Sort()
	return diags
}

type decoder struct{ diags *diag.List }

func (d *decoder) wrong(n *Node, format string, args ...any) {
	d.diags.Add(rule.YamlShape.At(n.Span, format, args...).Helpf("Correct the value."))
}

var nodeType = reflect.TypeFor[*Node]()

// value fills v from a node; name is the key that it stands under, for
// messages.
func (d *decoder) value(n *Node, v reflect.Value, name string) {
	if v.Type() == nodeType {
		v.Set(reflect.ValueOf(n))
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		target := reflect.New(v.Type().Elem())
		d.value(n, target.Elem(), name)
		v.Set(target)
	case reflect.Struct:
		d.fields(n, v, name)
	case reflect.Slice:
		d.items(n, v, name)
	case reflect.Map:
		d.pairs(n, v, name)
	default:
		d.scalar(n, v, name)
	}
}

func (d *decoder) fields(n *Node, v reflect.Value, name string) {
	if n.Kind != Mapping {
		d.wrong(n, "%s takes a mapping, not %s", name, n.what())
		return
	}
	var known []string
	byName := map[string]reflect.Value{}
	for i := range v.NumField() {
		if key := fieldKey(v.Type().Field(i)); key != "" {
			known = append(known, key)
			byName[key] = v.Field(i)
		}
	}
	for _, p := range n.Pairs {
		if field, ok := byName[p.Key.Text]; ok {
			d.value(p.Value, field, p.Key.Text)
			continue
		}
		d.unknown(p.Key, name, known)
	}
}

// fieldKey is the key of a field, "" for one that has none.
func fieldKey(f reflect.StructField) string {
	tag, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
	switch {
	case !f.IsExported() || tag == "-":
		return ""
	case tag != "":
		return tag
	}
	return strings.ToLower(f.Name)
}

func (d *decoder) unknown(key *Node, name string, known []string) {
	found := rule.YamlShape.At(key.Span, "%s has no key %q", name, key.Text)
	if near := nearest.Word(key.Text, known); near != "" {
		found.Message += "; did you mean " + strconv.Quote(near) + "?"
		found.FixBy("use "+near, false, key.Span, near)
	}
	d.diags.Add(found.Helpf("The keys are: %s.", strings.Join(known, ", ")))
}

func (d *decoder) items(n *Node, v reflect.Value, name string) {
	if n.Kind != Sequence {
		d.wrong(n, "%s takes a list, not %s", name, n.what())
		return
	}
	list := reflect.MakeSlice(v.Type(), len(n.Items), len(n.Items))
	for i, item := range n.Items {
		d.value(item, list.Index(i), "an item of "+name)
	}
	v.Set(list)
}

func (d *decoder) pairs(n *Node, v reflect.Value, name string) {
	if n.Kind != Mapping {
		d.wrong(n, "%s takes a mapping, not %s", name, n.what())
		return
	}
	m := reflect.MakeMapWithSize(v.Type(), len(n.Pairs))
	for _, p := range n.Pairs {
		value := reflect.New(v.Type().Elem()).Elem()
		d.value(p.Value, value, p.Key.Text)
		m.SetMapIndex(reflect.ValueOf(p.Key.Text).Convert(v.Type().Key()), value)
	}
	v.Set(m)
}

func (d *decoder) scalar(n *Node, v reflect.Value, name string) {
	if n.Kind != Scalar || n.Empty {
		d.wrong(n, "%s takes %s, not %s", name, typeName(v.Kind()), n.what())
		return
	}
	if !setScalar(v, n.Text) {
		d.wrong(n, "%s takes %s", name, typeName(v.Kind()))
	}
}

// setScalar tells whether the text is a value of v's type.
func setScalar(v reflect.Value, text string) bool {
	switch {
	case v.Kind() == reflect.String:
		v.SetString(text)
	case v.Kind() == reflect.Bool:
		v.SetBool(text == "true")
		return text == "true" || text == "false"
	case v.CanInt():
		i, err := strconv.ParseInt(text, 10, v.Type().Bits())
		if err != nil {
			return false
		}
		v.SetInt(i)
	case v.CanUint():
		u, err := strconv.ParseUint(text, 10, v.Type().Bits())
		if err != nil {
			return false
		}
		v.SetUint(u)
	default:
		return false
	}
	return true
}

func typeName(k reflect.Kind) string {
	switch {
	case k == reflect.String:
		return "a text"
	case k == reflect.Bool:
		return "true or false"
	case k >= reflect.Uint && k <= reflect.Uintptr:
		return "a whole number from 0"
	}
	return "a whole number"
}

// what is what stands at a node, as messages say it.
func (n *Node) what() string {
	if n.Empty {
		return "nothing"
	}
	return n.Kind.String()
}
