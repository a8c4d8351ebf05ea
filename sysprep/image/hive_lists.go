package image

import (
	"encoding/binary"
	"fmt"
	"slices"

	"www.velocidex.com/golang/regparser"
)

// The parser passes over whatever in a list it does not understand. A key that
// is passed over would count as absent, and what its absence stands for as
// known; so the lists are read here, and each must hold what its key promises.
// That also keeps a list that names itself from being followed for ever.

// mostEntries bounds a list; the longest that Windows itself makes where the
// engine looks has some thousands.
const mostEntries = 1 << 17

// mostLooks bounds the entries of all lists that are looked at. A list is
// walked anew for every question, and a large hive makes many of them: an image
// with two thousand users takes a fifth of it.
const mostLooks = 1 << 26

// look counts the entries of a list that is about to be walked.
func (h *Hive) look(node *regparser.CM_KEY_NODE, entries int64, what string) error {
	if entries > mostEntries {
		return h.damaged("key %q claims %d %s; at most %d are read", keyName(node), entries, what, mostEntries)
	}
	if h.looks += entries; h.looks > mostLooks {
		return fmt.Errorf("%s is %w: to read it takes more than %d looks at a key or value", h.name, ErrLimit, mostLooks)
	}
	return nil
}

// subkeys returns the keys below a key.
func (h *Hive) subkeys(node *regparser.CM_KEY_NODE) ([]*regparser.CM_KEY_NODE, error) {
	count := int64(node.SubKeyCounts()[0])
	if count == 0 {
		return nil, nil
	}
	if err := h.look(node, count, "subkeys"); err != nil {
		return nil, err
	}
	offsets, err := h.keyList(node, node.SubKeyLists()[0], count)
	if err != nil {
		return nil, err
	}
	// Keys that share a list, or stand in it many times, would multiply what
	// they hold.
	if !h.distinct[node.Offset] {
		sorted := slices.Sorted(slices.Values(offsets))
		if len(slices.Compact(sorted)) < len(offsets) {
			return nil, h.damaged("the list of the subkeys of %q has one of them twice", keyName(node))
		}
		h.distinct[node.Offset] = true
	}
	subs := make([]*regparser.CM_KEY_NODE, 0, len(offsets))
	for _, offset := range offsets {
		sub := h.cell(offset).KeyNode()
		if sub == nil {
			return nil, h.damaged("one of the subkeys of %q is no key", keyName(node))
		}
		if firstBin+int64(sub.Parent())+4 != node.Offset {
			return nil, h.damaged("one of the subkeys of %q belongs to another key", keyName(node))
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
	if err := h.look(node, count, "values"); err != nil {
		return nil, err
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
