package image

import (
	"encoding/binary"
	"strings"

	"www.velocidex.com/golang/regparser"
)

// largestValue is the most that a value may hold here; what the engine looks
// at takes a few hundred bytes.
const largestValue = 512 << 10

// value finds a value of a key and copies its data; ok is false when there is
// none.
func (h *Hive) value(path, name string) (kind uint32, data []byte, ok bool, err error) {
	err = h.ask(func() error {
		node, err := h.key(path)
		if node == nil {
			return err
		}
		values, err := h.values(node)
		if err != nil {
			return err
		}
		for _, v := range values {
			if !strings.EqualFold(valueName(v), name) {
				continue
			}
			kind, ok = v.Type(), true
			data, err = h.data(path, name, v)
			return err
		}
		return nil
	})
	return kind, data, ok && err == nil, err
}

// data reads the bytes of a value. The parser reads them one by one, and
// loses the end of a value that takes several cells.
func (h *Hive) data(path, name string, v *regparser.CM_KEY_VALUE) ([]byte, error) {
	size := v.DataSize()
	if size > largestValue {
		return nil, h.damaged(`value %s of %s claims %d bytes; at most %d are read`, name, path, size, largestValue)
	}
	var data []byte
	cell := firstBin + int64(v.Data()) + 4
	switch {
	case v.DataLength()&inline != 0:
		data = h.bytes(v.Offset+8, min(size, 4))
	case size == 0:
	case size > segmentSize && string(h.bytes(cell, 2)) == "db":
		data = h.segments(cell, size)
	case h.room(cell) < size:
		return nil, h.damaged(`value %s of %s claims %d bytes, and its cell has %d`, name, path, size, h.room(cell))
	default:
		data = h.bytes(cell, size)
	}
	if int64(len(data)) < size {
		return nil, h.damaged(`value %s of %s has %d of its %d bytes`, name, path, len(data), size)
	}
	return data, nil
}

// room is how many bytes the cell has whose content begins there: its size, with
// the four bytes of it, stands before them, and is negative for one in use.
func (h *Hive) room(at int64) int64 {
	head := h.bytes(at-4, 4)
	if len(head) < 4 {
		return 0
	}
	return max(0, -int64(int32(binary.LittleEndian.Uint32(head)))-4)
}

// inline marks data of at most four bytes, which stands in the value itself.
const inline = 0x80000000

// segmentSize is how much of a long value one cell holds.
const segmentSize = 16344

// segments joins the cells of a long value: two bytes of signature, a count,
// and the offset of the list of cells.
func (h *Hive) segments(cell, size int64) []byte {
	head := h.bytes(cell+2, 6)
	if len(head) < 6 {
		return nil
	}
	list := firstBin + int64(binary.LittleEndian.Uint32(head[2:])) + 4
	count := int64(binary.LittleEndian.Uint16(head))
	var data []byte
	for i := range count {
		at := h.bytes(list+4*i, 4)
		left := size - int64(len(data))
		if len(at) < 4 || left == 0 {
			break
		}
		data = append(data, h.bytes(firstBin+int64(binary.LittleEndian.Uint32(at))+4, min(left, segmentSize))...)
	}
	return data
}

// bytes reads at most n bytes; at the end of the file they are fewer.
func (h *Hive) bytes(at, n int64) []byte {
	buf := make([]byte, n)
	read, _ := h.pages.ReadAt(buf, at)
	return buf[:read]
}

// ReadString reads a text; ok is false when there is no such value, or it is
// no text. Of several strings it is the first.
func (h *Hive) ReadString(path, name string) (string, bool, error) {
	list, ok, err := h.ReadStrings(path, name)
	if !ok || len(list) == 0 {
		return "", ok, err
	}
	return list[0], ok, err
}

// ReadStrings reads a list of strings; a single text is a list of one.
func (h *Hive) ReadStrings(path, name string) ([]string, bool, error) {
	kind, data, ok, err := h.value(path, name)
	if !ok {
		return nil, false, err
	}
	switch kind {
	case regSZ, regExpandSZ:
		text, _, _ := strings.Cut(decodeUTF16(data), "\x00")
		return []string{text}, true, nil
	case regMultiSZ:
		return splitStrings(decodeUTF16(data)), true, nil
	}
	return nil, false, nil
}

// splitStrings cuts a list at its NULs; an empty string ends it.
func splitStrings(text string) []string {
	var list []string
	for part := range strings.SplitSeq(text, "\x00") {
		if part == "" {
			break
		}
		list = append(list, part)
	}
	return list
}

// ReadNumber reads a DWORD or QWORD; ok is false when there is no such value,
// or it is no number.
func (h *Hive) ReadNumber(path, name string) (uint64, bool, error) {
	kind, data, ok, err := h.value(path, name)
	switch {
	case !ok:
		return 0, false, err
	case kind == regDWORD && len(data) == 4:
		return uint64(binary.LittleEndian.Uint32(data)), true, nil
	case kind == regQWORD && len(data) == 8:
		return binary.LittleEndian.Uint64(data), true, nil
	}
	return 0, false, nil
}

// HasValue tells whether the key has a value of that name, of any type.
func (h *Hive) HasValue(path, name string) (bool, error) {
	names, err := h.Values(path)
	for _, n := range names {
		if strings.EqualFold(n, name) {
			return true, err
		}
	}
	return false, err
}
