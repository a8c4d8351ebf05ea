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

// itemID is what no two items of a list may share.
type itemID struct {
	known       *schema.Setting
	action, key string
}

// twins calls found for each item whose key an earlier item of the same list
// has. Items with another action, without a key or with a placeholder in it
// are left out: they do not define the same thing twice.
func twins(c *answer.Cursor, list []sibling, isKey func(*schema.Setting) bool, found func(first, second keyed)) {
	var seen map[itemID]keyed
	for _, s := range list {
		if s.known.Kind != schema.Item || !isKey(s.known) {
			continue
		}
		k, ok := keyOf(s.known, s.Setting)
		if !ok || placeholderText(k.text) {
			continue
		}
		id := itemID{s.known, actionOf(s.Setting), folded(k.text)}
		if first, twice := seen[id]; twice {
			if steered(c) {
				return
			}
			found(first, k)
			continue
		}
		if seen == nil {
			seen = map[itemID]keyed{}
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
