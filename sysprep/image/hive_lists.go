package image

import (
	"encoding/binary"

	"www.velocidex.com/golang/regparser"
)

// The parser passes over whatever in a list it does not understand. A key that
// is passed over would count as absent, and what its absence stands for as
// known; so the lists are read here, and each must hold what its key promises.
// That also keeps a list that names itself from being followed for ever.

// mostEntries bounds a list; the longest that Windows itself makes where the
// engine looks has some thousands.
const mostEntries = 1 << 17

// subkeys returns the keys below a key.
func (h *Hive) subkeys(node *regparser.CM_KEY_NODE) ([]*regparser.CM_KEY_NODE, error) {
	count := int64(node.SubKeyCounts()[0])
	if count == 0 {
		return nil, nil
	}
	if count > mostEntries {
		return nil, h.damaged("key %q claims %d subkeys; at most %d are read", keyName(node), count, mostEntries)
	}
	offsets, err := h.keyList(node, node.SubKeyLists()[0], count)
	if err != nil {
		return nil, err
	}
	subs := make([]*regparser.CM_KEY_NODE, 0, len(offsets))
	for _, offset := range offsets {
		sub := h.cell(offset).KeyNode()
		if sub == nil {
			return nil, h.damaged("one of the subkeys of %q is no key", keyName(node))
		}
		subs = append(subs, sub)
	}
	return subs, nil
}

// keyList returns the cells of the subkeys: those of one list, or of a list of
// lists, which have just as many entries as the key says.
func (h *Hive) keyList(node *regparser.CM_KEY_NODE, at uint32, count int64) ([]uint32, error) {
	kind, found := h.list(at)
	if kind == "ri" {
		lists := found
		found = nil
		for _, at := range lists {
			kind, part := h.list(at)
			if found = append(found, part...); kind == "" || kind == "ri" || int64(len(found)) > count {
				break
			}
		}
	}
	if int64(len(found)) != count {
		return nil, h.damaged("key %q promises %d subkeys, and its list has %d", keyName(node), count, len(found))
	}
	return found, nil
}

// list reads the cells that a list of keys names; its kind is "" for a cell
// that is no such list or has fewer entries than it says.
func (h *Hive) list(offset uint32) (kind string, cells []uint32) {
	at := firstBin + int64(offset) + 4
	head := h.bytes(at, 4)
	if len(head) < 4 {
		return "", nil
	}
	step := int64(4)
	switch kind = string(head[:2]); kind {
	case "lf", "lh":
		step = 8 // a hint for the search stands behind each
	case "li", "ri":
	default:
		return "", nil
	}
	entries := h.bytes(at+4, step*int64(binary.LittleEndian.Uint16(head[2:])))
	for ; int64(len(entries)) >= step; entries = entries[step:] {
		cells = append(cells, binary.LittleEndian.Uint32(entries))
	}
	return kind, cells
}

// values returns the values of a key.
func (h *Hive) values(node *regparser.CM_KEY_NODE) ([]*regparser.CM_KEY_VALUE, error) {
	count := int64(node.ValueList().Count())
	if count == 0 {
		return nil, nil
	}
	if count > mostEntries {
		return nil, h.damaged("key %q claims %d values; at most %d are read", keyName(node), count, mostEntries)
	}
	entries := h.bytes(firstBin+int64(node.ValueList().List())+4, 4*count)
	if int64(len(entries)) < 4*count {
		return nil, h.damaged("key %q promises %d values, and its list has %d", keyName(node), count, len(entries)/4)
	}
	values := make([]*regparser.CM_KEY_VALUE, 0, count)
	for ; len(entries) > 0; entries = entries[4:] {
		v := h.cell(binary.LittleEndian.Uint32(entries)).KeyValue()
		if v == nil {
			return nil, h.damaged("one of the values of %q is no value", keyName(node))
		}
		values = append(values, v)
	}
	return values, nil
}

func (h *Hive) cell(offset uint32) *regparser.HCELL {
	return h.hive.Profile.HCELL(h.pages, firstBin+int64(offset))
}
