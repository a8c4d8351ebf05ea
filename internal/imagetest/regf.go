// Package imagetest makes the Windows images that tests look at: registry
// hives in the regf format, and folders that hold them.
//
// The writer knows just what such tests need. It follows the published
// descriptions of the format, and hivexget reads what it writes.
package imagetest

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf16"
)

// Types of registry values.
const (
	SZ       = 1
	ExpandSZ = 2
	Binary   = 3
	DWORD    = 4
	MultiSZ  = 7
	QWORD    = 11
)

// Key is one registry key of a hive that is to be written.
type Key struct {
	Name   string
	Keys   []*Key
	Values []Value
	Stamp  uint64 // last write, in units of 100 ns since 1601
}

// Value is one registry value.
type Value struct {
	Name string
	Type uint32
	Data []byte
}

// At returns the key at a path such as `Setup\Status` below k, and makes what
// is missing of it.
func (k *Key) At(path string) *Key {
	for name := range strings.SplitSeq(path, `\`) {
		if name == "" {
			continue
		}
		k = k.child(name)
	}
	return k
}

func (k *Key) child(name string) *Key {
	for _, c := range k.Keys {
		if strings.EqualFold(c.Name, name) {
			return c
		}
	}
	c := &Key{Name: name, Stamp: k.Stamp}
	k.Keys = append(k.Keys, c)
	return c
}

// Set adds a value, or replaces the one of that name: a string becomes SZ, an int DWORD, an int64 QWORD, a list
// of strings MultiSZ, bytes stay Binary.
func (k *Key) Set(name string, value any) *Key {
	v := Value{Name: name}
	switch value := value.(type) {
	case string:
		v.Type, v.Data = SZ, utf16LE(value+"\x00")
	case int:
		v.Type, v.Data = DWORD, binary.LittleEndian.AppendUint32(nil, uint32(value))
	case int64:
		v.Type, v.Data = QWORD, binary.LittleEndian.AppendUint64(nil, uint64(value))
	case []string:
		v.Type, v.Data = MultiSZ, utf16LE(strings.Join(append(value, ""), "\x00")+"\x00")
	case []byte:
		v.Type, v.Data = Binary, value
	default:
		panic("imagetest: no registry type for that value")
	}
	k.Unset(name)
	k.Values = append(k.Values, v)
	return k
}

// Unset takes a value away.
func (k *Key) Unset(name string) {
	k.Values = slices.DeleteFunc(k.Values, func(v Value) bool { return strings.EqualFold(v.Name, name) })
}

func utf16LE(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

// Hive says how a hive is written.
type Hive struct {
	Root  *Key
	Index string // kind of the lists of subkeys: "lf", "lh", "li", or "ri" for a list of lists; "" = lf
	Dirty bool   // the second sequence number lags behind the first
}

// Offsets are relative to the first hbin; nothing is this one.
const nothing = 0xffffffff

// Bytes writes the hive.
func (h Hive) Bytes() []byte {
	w := &writer{index: h.Index, bins: make([]byte, 32)}
	w.security()
	root := w.key(h.Root, nothing, true)
	w.put(w.sk+4+12, w.keys)
	for len(w.bins)%4096 != 0 && 4096-len(w.bins)%4096 < 8 {
		w.cell(make([]byte, 4))
	}
	if free := (4096 - len(w.bins)%4096) % 4096; free > 0 {
		w.bins = binary.LittleEndian.AppendUint32(w.bins, uint32(free))
		w.bins = append(w.bins, make([]byte, free-4)...)
	}
	copy(w.bins, "hbin")
	binary.LittleEndian.PutUint32(w.bins[8:], uint32(len(w.bins)))
	return append(h.base(root, len(w.bins)), w.bins...)
}

func (h Hive) base(root uint32, size int) []byte {
	base := make([]byte, 4096)
	copy(base, "regf")
	first, second := uint32(7), uint32(7)
	if h.Dirty {
		second = 6
	}
	for at, n := range map[int]uint32{4: first, 8: second, 20: 1, 24: 5, 32: 1, 36: root, 40: uint32(size), 44: 1} {
		binary.LittleEndian.PutUint32(base[at:], n)
	}
	sum := uint32(0)
	for at := 0; at < 508; at += 4 {
		sum ^= binary.LittleEndian.Uint32(base[at:])
	}
	binary.LittleEndian.PutUint32(base[508:], sum)
	return base
}

// writer lays cells one behind the other into a single hbin.
type writer struct {
	index string
	bins  []byte
	sk    uint32 // the one security cell, which all keys share
	keys  uint32
}

// security adds an access list for everybody: no hive of Windows is without,
// and programs that edit hives rely on it.
func (w *writer) security() {
	descriptor := []byte{1, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0} // self-relative, and nothing in it
	cell := append([]byte("sk\x00\x00"), make([]byte, 16)...)
	binary.LittleEndian.PutUint32(cell[16:], uint32(len(descriptor)))
	w.sk = w.cell(append(cell, descriptor...))
	w.put(w.sk+4+4, w.sk) // a ring of one
	w.put(w.sk+4+8, w.sk)
}

// cell adds an allocated cell and returns its offset.
func (w *writer) cell(data []byte) uint32 {
	at := len(w.bins)
	size := (len(data) + 4 + 7) / 8 * 8
	w.bins = binary.LittleEndian.AppendUint32(w.bins, uint32(-size))
	w.bins = append(w.bins, data...)
	w.bins = append(w.bins, make([]byte, at+size-len(w.bins))...)
	return uint32(at)
}

func (w *writer) key(k *Key, parent uint32, root bool) uint32 {
	name, ascii := nameBytes(k.Name)
	nk := make([]byte, 76, 76+len(name))
	copy(nk, "nk")
	flags := uint16(0)
	if ascii {
		flags |= 0x20
	}
	if root {
		flags |= 0x0c
	}
	binary.LittleEndian.PutUint16(nk[2:], flags)
	binary.LittleEndian.PutUint64(nk[4:], k.Stamp)
	for at, n := range map[int]uint32{16: parent, 20: uint32(len(k.Keys)), 28: nothing, 32: nothing, 36: uint32(len(k.Values)), 40: nothing, 44: w.sk, 48: nothing} {
		binary.LittleEndian.PutUint32(nk[at:], n)
	}
	binary.LittleEndian.PutUint16(nk[72:], uint16(len(name)))
	at := w.cell(append(nk, name...))
	w.keys++
	if len(k.Keys) > 0 {
		w.put(at+4+28, w.subkeys(k, at))
	}
	if len(k.Values) > 0 {
		w.put(at+4+40, w.values(k))
	}
	return at
}

func (w *writer) put(at, n uint32) { binary.LittleEndian.PutUint32(w.bins[at:], n) }

func (w *writer) subkeys(k *Key, parent uint32) uint32 {
	offsets := make([]uint32, len(k.Keys))
	for i, c := range k.Keys {
		offsets[i] = w.key(c, parent, false)
	}
	if w.index != "ri" {
		return w.list(w.index, offsets, k.Keys)
	}
	half := (len(offsets) + 1) / 2
	lists := []uint32{w.list("lf", offsets[:half], k.Keys[:half])}
	if half < len(offsets) {
		lists = append(lists, w.list("li", offsets[half:], k.Keys[half:]))
	}
	return w.list("ri", lists, nil)
}

func (w *writer) list(kind string, offsets []uint32, keys []*Key) uint32 {
	if kind == "" {
		kind = "lf"
	}
	data := binary.LittleEndian.AppendUint16([]byte(kind), uint16(len(offsets)))
	for i, offset := range offsets {
		data = binary.LittleEndian.AppendUint32(data, offset)
		switch kind {
		case "lf":
			hint := make([]byte, 4)
			copy(hint, keys[i].Name)
			data = append(data, hint...)
		case "lh":
			data = binary.LittleEndian.AppendUint32(data, hash(keys[i].Name))
		}
	}
	return w.cell(data)
}

func hash(name string) uint32 {
	sum := uint32(0)
	for _, u := range utf16.Encode([]rune(strings.ToUpper(name))) {
		sum = sum*37 + uint32(u)
	}
	return sum
}

func (w *writer) values(k *Key) uint32 {
	var list []byte
	for _, v := range k.Values {
		list = binary.LittleEndian.AppendUint32(list, w.value(v))
	}
	return w.cell(list)
}

func (w *writer) value(v Value) uint32 {
	name, ascii := nameBytes(v.Name)
	vk := make([]byte, 20, 20+len(name))
	copy(vk, "vk")
	binary.LittleEndian.PutUint16(vk[2:], uint16(len(name)))
	binary.LittleEndian.PutUint32(vk[4:], uint32(len(v.Data)))
	binary.LittleEndian.PutUint32(vk[12:], v.Type)
	if ascii {
		vk[16] = 1
	}
	switch {
	case len(v.Data) <= 4:
		binary.LittleEndian.PutUint32(vk[4:], uint32(len(v.Data))|0x80000000)
		copy(vk[8:12], v.Data)
	case len(v.Data) > segment:
		binary.LittleEndian.PutUint32(vk[8:], w.big(v.Data))
	default:
		binary.LittleEndian.PutUint32(vk[8:], w.cell(v.Data))
	}
	return w.cell(append(vk, name...))
}

// segment is how much of a value one cell holds.
const segment = 16344

func (w *writer) big(data []byte) uint32 {
	var list []byte
	for at := 0; at < len(data); at += segment {
		list = binary.LittleEndian.AppendUint32(list, w.cell(data[at:min(at+segment, len(data))]))
	}
	db := binary.LittleEndian.AppendUint16([]byte("db"), uint16(len(list)/4))
	return w.cell(binary.LittleEndian.AppendUint32(db, w.cell(list)))
}

// nameBytes writes a name one byte a character where that is possible.
func nameBytes(name string) (text []byte, latin bool) {
	for _, r := range name {
		if r > 0xff {
			return utf16LE(name), false
		}
		text = append(text, byte(r))
	}
	return text, true
}
