package sysprep

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/rule"
	"github.com/reseal/reseal/internal/yamldoc"
	"github.com/reseal/reseal/schema"
)

// machineReader reads the values of a machine file. Its methods return ok
// false when they have said what is wrong.
type machineReader struct {
	diags *diag.List
}

// set reads one fact and marks it as given.
func set[T any](r *machineReader, n *yamldoc.Node, into *Fact[T], read func(*yamldoc.Node) (T, bool)) {
	if value, ok := read(n); ok {
		*into = Fact[T]{Value: value, Origin: Given, Span: n.Span}
	}
}

func (r *machineReader) wrong(n *yamldoc.Node, format string, args ...any) {
	r.diags.Add(rule.MachineValue.At(n.Span, format, args...))
}

// maybeText is a scalar that may be empty.
func (r *machineReader) maybeText(n *yamldoc.Node) (string, bool) {
	if n.Kind != yamldoc.Scalar {
		r.wrong(n, "a text is due here, not %s", n.Kind)
		return "", false
	}
	return n.Text, true
}

func (r *machineReader) text(n *yamldoc.Node) (string, bool) {
	text, ok := r.maybeText(n)
	if ok && text == "" {
		r.wrong(n, "the value is empty")
		return "", false
	}
	return text, ok
}

func (r *machineReader) number(n *yamldoc.Node) (int, bool) {
	text, ok := r.text(n)
	if !ok {
		return 0, false
	}
	value, err := strconv.ParseUint(text, 10, 31)
	if err != nil {
		r.wrong(n, "%q is no whole number from 0 to %d", text, 1<<31-1)
		return 0, false
	}
	return int(value), true
}

func (r *machineReader) truth(n *yamldoc.Node) (bool, bool) {
	text, ok := r.oneOf([]string{"true", "false"})(n)
	return text == "true", ok
}

// oneOf reads one of some words without regard to case.
func (r *machineReader) oneOf(words []string) func(*yamldoc.Node) (string, bool) {
	return func(n *yamldoc.Node) (string, bool) {
		text, ok := r.text(n)
		if !ok {
			return "", false
		}
		for _, word := range words {
			if strings.EqualFold(word, text) {
				return word, true
			}
		}
		r.wrong(n, "%q is none of %s%s", text, strings.Join(words, ", "), near(text, words))
		return "", false
	}
}

func (r *machineReader) release(n *yamldoc.Node) (string, bool) {
	text, ok := r.text(n)
	if !ok {
		return "", false
	}
	if found := schema.FindRelease(text); found != nil {
		return found.ID, true
	}
	r.wrong(n, "%q is no release of Windows that Reseal knows%s", text, near(text, schema.ReleaseIDs()))
	return "", false
}

// role reads the name of a server role and gives back that of the table. One
// that the table lacks is kept: servers after 2012 have such roles.
func (r *machineReader) role(n *yamldoc.Node) (string, bool) {
	text, ok := r.text(n)
	if !ok {
		return "", false
	}
	if found := schema.FindRole(text); found != nil {
		return found.Name, true
	}
	r.diags.Add(rule.MachineRoleUnknown.At(n.Span, "%q is no server role of Sysprep's table%s", text, near(text, schema.RoleNames())))
	return text, true
}

func near(text string, words []string) string {
	if word := schema.Nearest(text, words); word != "" {
		return fmt.Sprintf("; did you mean %s?", word)
	}
	return ""
}

// listOf reads a list, and goes on behind an item that is wrong.
func listOf[T any](r *machineReader, read func(*yamldoc.Node) (T, bool)) func(*yamldoc.Node) ([]T, bool) {
	return func(n *yamldoc.Node) ([]T, bool) {
		if n.Kind != yamldoc.Sequence {
			r.wrong(n, "a list is due here, not %s", n.Kind)
			return nil, false
		}
		out, all := []T{}, true
		for _, item := range n.Items {
			value, ok := read(item)
			out, all = append(out, value), all && ok
		}
		return out, all
	}
}

// services is a mapping of names to start types.
func (r *machineReader) services(n *yamldoc.Node) ([]Service, bool) {
	if n.Kind != yamldoc.Mapping {
		r.wrong(n, "a mapping of services to their start types is due here, not %s", n.Kind)
		return nil, false
	}
	out, all := []Service{}, true
	for _, p := range n.Pairs {
		if slices.ContainsFunc(out, func(s Service) bool { return strings.EqualFold(s.Name, p.Key.Text) }) {
			r.wrong(p.Key, "the service %s stands here twice, and Windows does not tell the cases of letters apart", p.Key.Text)
			all = false
		}
		start, ok := r.oneOf(ServiceStarts())(p.Value)
		out, all = append(out, Service{Name: p.Key.Text, Start: start}), all && ok
	}
	return out, all
}

// field is one key of an item of a list.
type field struct {
	name string
	must bool
	read func(*yamldoc.Node) bool
}

func into[T any](to *T, read func(*yamldoc.Node) (T, bool)) func(*yamldoc.Node) bool {
	return func(n *yamldoc.Node) (ok bool) {
		*to, ok = read(n)
		return ok
	}
}

func (r *machineReader) fields(n *yamldoc.Node, fields ...field) bool {
	if n.Kind != yamldoc.Mapping {
		r.wrong(n, "a mapping is due here, not %s", n.Kind)
		return false
	}
	names, all := make([]string, len(fields)), true
	for i, f := range fields {
		names[i] = f.name
		switch value := n.Get(f.name); {
		case value != nil:
			all = f.read(value) && all
		case f.must:
			r.wrong(n, "the key %s is missing", f.name)
			all = false
		}
	}
	for _, p := range n.Pairs {
		if !slices.Contains(names, p.Key.Text) {
			r.unknownKey(p.Key, names)
			all = false
		}
	}
	return all
}

// appx reads one Store package. provisioned is a truth value, or the version
// that is provisioned.
func (r *machineReader) appx(n *yamldoc.Node) (p Package, ok bool) {
	provisioned := ""
	ok = r.fields(n,
		field{"name", true, into(&p.Name, r.text)},
		field{"users", false, into(&p.Users, listOf(r, r.text))},
		field{"provisioned", false, into(&provisioned, r.provisioned)},
		field{"kind", false, into(&p.Kind, r.oneOf(PackageKinds()))},
	)
	switch provisioned {
	case "", "false":
	case "true":
		p.Provisioned = true
	default:
		p.Provisioned, p.ProvisionedVersion = true, provisioned
	}
	return p, ok
}

var (
	dotted    = regexp.MustCompile(`^\d+(\.\d+)*$`) // 1.2.0.0
	driveName = regexp.MustCompile(`^[A-Za-z]:$`)
)

func (r *machineReader) provisioned(n *yamldoc.Node) (string, bool) {
	text, ok := r.text(n)
	if !ok {
		return "", false
	}
	if word := strings.ToLower(text); word == "true" || word == "false" || dotted.MatchString(word) {
		return word, true
	}
	r.wrong(n, "%q is neither true nor false nor the version that is provisioned, such as 1.2.0.0", text)
	return "", false
}

func (r *machineReader) device(n *yamldoc.Node) (d Device, ok bool) {
	d.Present = true
	ok = r.fields(n,
		field{"name", true, into(&d.Name, r.text)},
		field{"class", false, into(&d.Class, r.text)},
		field{"present", false, into(&d.Present, r.truth)},
	)
	return d, ok
}

func (r *machineReader) account(n *yamldoc.Node) (a Account, ok bool) {
	a.Kind = "local"
	ok = r.fields(n,
		field{"name", true, into(&a.Name, r.text)},
		field{"kind", false, into(&a.Kind, r.oneOf(AccountKinds()))},
	)
	return a, ok
}

// media is a list of drives, each with a letter of its own.
func (r *machineReader) media(n *yamldoc.Node) ([]Medium, bool) {
	out, all := listOf(r, r.medium)(n)
	for i, m := range out {
		if m.Drive != "" && slices.ContainsFunc(out[:i], func(other Medium) bool { return other.Drive == m.Drive }) {
			r.wrong(n.Items[i], "the drive %s stands here twice", m.Drive)
			all = false
		}
	}
	return out, all
}

func (r *machineReader) medium(n *yamldoc.Node) (m Medium, ok bool) {
	m.Kind = "removable"
	ok = r.fields(n,
		field{"drive", true, into(&m.Drive, r.drive)},
		field{"kind", false, into(&m.Kind, r.oneOf(MediumKinds()))},
		field{"root", false, into(&m.Root, r.text)},
	)
	return m, ok
}

func (r *machineReader) drive(n *yamldoc.Node) (string, bool) {
	text, ok := r.text(n)
	if !ok {
		return "", false
	}
	if driveName.MatchString(text) {
		return strings.ToUpper(text), true
	}
	r.wrong(n, "%q is no drive; a letter and a colon are due here", text)
	return "", false
}

func (r *machineReader) externalProvider(n *yamldoc.Node) (p ExternalProvider, ok bool) {
	present := true
	ok = r.fields(n,
		field{"stage", true, into(&p.Stage, r.oneOf(Stages()))},
		field{"name", false, into(&p.Name, r.text)},
		field{"library", true, into(&p.Library, r.text)},
		field{"function", true, into(&p.Function, r.text)},
		field{"present", false, into(&present, r.truth)},
		field{"architecture", false, into(&p.Architecture, r.oneOf(schema.Architectures()))},
	)
	p.Missing = !present
	return p, ok
}
