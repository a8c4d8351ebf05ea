package diff

import (
	"slices"
	"strings"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// reducing is the way down through the settings of a component.
type reducing struct {
	component *schema.Component // nil: unknown, or not below a component at all
	chain     []*answer.Setting
	servicing bool
}

// settings adds settings to the node of what holds them; parent is what the
// catalogue says of that, nil for a component.
func (r *reducing) settings(n *node, parent *schema.Setting, settings []*answer.Setting) {
	for _, s := range settings {
		var known *schema.Setting
		if r.component != nil && s.Space == "" && (parent != nil || len(r.chain) == 0) {
			known = r.component.Child(parent, s.Name)
		}
		c := r.setting(s, known, parent)
		numbering := r.numbering(s, known)
		n.child(groupID(c.id, numbering), numbering, c)
	}
}

// foreign tells an element that is not in the namespace of answer files: its
// names keep their letter case, and its children their order.
func foreign(s *answer.Setting) bool { return s.Space != "" }

func groupID(id string, numbering numbering) string {
	return [...]string{"", "\x01order ", "\x01key "}[numbering] + id
}

// setting reduces one setting with all below it.
func (r *reducing) setting(s *answer.Setting, known, parent *schema.Setting) *node {
	r.chain = append(r.chain, s)
	defer func() { r.chain = r.chain[:len(r.chain)-1] }()
	cursor := answer.Cursor{Chain: r.chain, Setting: s, Known: known, Parent: parent}
	secret := cursor.Sensitive() || r.besidePlainText()

	n := &node{kind: settingNode, name: s.Name, at: s.Place()}
	if known != nil && strings.EqualFold(known.Name(), s.Name) {
		n.name = known.Name()
	}
	if known == nil && r.component != nil && answer.IsSecretName(r.component, parent, s.Name) {
		n.name = masked
	}
	n.id = s.Space + " " + s.Name
	if !foreign(s) {
		n.id = strings.ToLower(s.Name)
	}
	r.name(n, s, known)
	r.value(n, s, known, secret)
	numbering := r.numbering(s, known)
	for _, a := range s.Attributes {
		c := attribute(a, n.at, secret).seal()
		if numbering == byKeyValue && a.Space == answer.WCMNamespace && a.Name == "keyValue" {
			n.number = c
			continue
		}
		n.child(c.id, unnumbered, c)
	}
	children := s.Children
	if numbering == byOrder {
		if i := orderAt(s); i >= 0 {
			order := r.setting(children[i], nil, known)
			order.value = strings.TrimSpace(order.value)
			n.number = order
			children = slices.Delete(slices.Clone(children), i, i+1)
		}
	}
	if password, rest := r.password(s, children); password != nil {
		n.child(password.id, unnumbered, password)
		children = rest
	}
	if foreign(s) && len(s.Children) > 0 {
		r.inOrder(n, s, secret)
	} else {
		r.settings(n, known, children)
	}
	return n.seal()
}

// besidePlainText tells the value of a password by the element next to it.
func (r *reducing) besidePlainText() bool {
	at := len(r.chain) - 1
	return at > 0 && strings.EqualFold(r.chain[at].Name, "Value") && only(r.chain[at-1].Children, "PlainText") >= 0
}

// inOrder adds the children of a foreign element as one sequence with what
// stands between them: nobody knows which order means something there.
func (r *reducing) inOrder(n *node, s *answer.Setting, secret bool) {
	extra := s.Extra
	besides := func(before int) {
		for len(extra) > 0 && (extra[0].Index <= before || before == len(s.Children)) {
			if c := content(extra[0], secret); c != nil {
				n.child("", unnumbered, c)
			}
			extra = extra[1:]
		}
	}
	for i, child := range s.Children {
		besides(i)
		n.child("", unnumbered, r.setting(child, nil, nil))
	}
	besides(len(s.Children))
}

// value fills in the text of a setting and what stands between its children.
func (r *reducing) value(n *node, s *answer.Setting, known *schema.Setting, secret bool) {
	text := s.Written()
	for _, x := range s.Extra {
		if foreign(s) && len(s.Children) > 0 {
			break // inOrder takes them
		}
		if x.Kind == answer.Text && (x.Index == 0 || len(s.Children) == 0) {
			text += x.Text
			continue
		}
		if c := content(x, secret); c != nil {
			n.child(c.id, unnumbered, c)
		}
	}
	if (len(s.Children) > 0 || known != nil && known.Container()) && isBlank(text) {
		text = ""
	}
	n.value, n.shown = text, text
	switch {
	case s.Secret != nil:
		n.value, n.shown = secretID(s.Secret), s.Secret.Placeholder()
	case secret && (text != "" || len(s.Children) == 0):
		n.shown = masked
	case isBoolean(strings.TrimSpace(text)) && (known == nil || known.Type == schema.Boolean || known.Type == schema.Enum):
		n.value = strings.ToLower(strings.TrimSpace(text))
	}
}

// secretID tells secrets apart that are only named; no text of XML holds NUL.
func secretID(s *answer.Secret) string { return "\x00" + s.Kind + "\x00" + s.Name }

// numbering tells whether a setting is an item that is known by a number.
func (r *reducing) numbering(s *answer.Setting, known *schema.Setting) numbering {
	_, hasKey := s.KeyValue()
	switch {
	case foreign(s) || r.servicing:
		return unnumbered
	case known != nil && known.Kind == schema.Item && known.KeyAttr, known == nil && hasKey:
		return byKeyValue
	case known != nil && known.Kind == schema.Item && known.Key == "Order", known == nil && orderAt(s) >= 0:
		return byOrder
	}
	return unnumbered
}

// orderAt finds the one child Order of an item that is nothing but a number.
func orderAt(s *answer.Setting) int {
	at := -1
	for i, c := range s.Children {
		if !strings.EqualFold(c.Name, "Order") || foreign(c) {
			continue
		}
		if at >= 0 || !leaf(c) {
			return -1
		}
		at = i
	}
	return at
}

// leaf tells a setting that is nothing but its text.
func leaf(s *answer.Setting) bool {
	return len(s.Children) == 0 && len(s.Attributes) == 0 && !slices.ContainsFunc(s.Extra, func(x answer.Extra) bool { return x.Kind != answer.Comment })
}
