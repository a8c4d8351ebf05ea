package validate

import (
	"strconv"
	"strings"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

const orderKey = "Order"

// isItem tells whether the setting of the cursor is an item of a list.
func isItem(c *answer.Cursor) bool { return c.Known != nil && c.Known.Kind == schema.Item }

// keyed is an item with the setting or attribute that holds its key.
type keyed struct {
	item *answer.Setting
	key  *answer.Setting // the key element; nil for a wcm:keyValue
	text string
}

// twins calls found for each item whose key an earlier item of the same list
// has. Items with another action, without a key or with a placeholder in it
// are left out: they do not define the same thing twice.
func twins(c *answer.Cursor, list []*answer.Setting, isKey func(*schema.Setting) bool, found func(first, second keyed)) {
	if len(list) < 2 || c.Schema == nil || (c.Setting != nil && c.Known == nil) {
		return
	}
	seen := map[[3]string]keyed{}
	for _, s := range list {
		if s.Space != "" {
			continue
		}
		known := c.Schema.Child(c.Known, s.Name)
		if known == nil || known.Kind != schema.Item || !isKey(known) {
			continue
		}
		k, ok := keyOf(known, s)
		if !ok || placeholderText(k.text) {
			continue
		}
		id := [3]string{known.Path, actionOf(s), folded(k.text)}
		if first, twice := seen[id]; twice {
			if steered(c) {
				return
			}
			found(first, k)
			continue
		}
		seen[id] = k
	}
}

func keyOf(known *schema.Setting, s *answer.Setting) (keyed, bool) {
	if known.KeyAttr {
		text, ok := s.KeyValue()
		return keyed{item: s, text: text}, ok && text != ""
	}
	for _, child := range s.Children {
		if strings.EqualFold(child.Name, known.Key) && child.Secret == nil && strings.TrimSpace(child.Text) != "" {
			return keyed{item: s, key: child, text: child.Text}, true
		}
	}
	return keyed{}, false
}

// actionOf is the action of an item; add where none is written.
func actionOf(s *answer.Setting) string {
	if a := strings.ToLower(s.Action()); a != "" {
		return a
	}
	return "add"
}

// folded makes keys comparable: without letter case, and 01 equals 1.
func folded(key string) string {
	key = strings.ToLower(strings.TrimSpace(key))
	if n, err := strconv.ParseUint(key, 10, 64); err == nil {
		return strconv.FormatUint(n, 10)
	}
	return key
}

// place is where the key of an item stands.
func (k keyed) place() answer.Spans {
	if k.key != nil {
		return k.key.Spans
	}
	if a := k.item.Attr(answer.WCMNamespace, "keyValue"); a != nil && a.Place().Known() {
		return a.Spans
	}
	return k.item.Spans
}
