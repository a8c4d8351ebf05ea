package imagetest

import "encoding/binary"

// WIM writes an image file that has a head and the given metadata, and nothing
// of the images: enough for readers of metadata. The changes overwrite bytes
// of the head.
func WIM(xml string, images int, changes ...func(head []byte)) []byte {
	text := append([]byte{0xff, 0xfe}, utf16LE(xml)...)
	head := make([]byte, 208)
	copy(head, "MSWIM\x00\x00\x00")
	for at, n := range map[int]uint32{8: 208, 12: 0x10d00, 16: 0x40002, 20: 32768, 44: uint32(images)} {
		binary.LittleEndian.PutUint32(head[at:], n)
	}
	binary.LittleEndian.PutUint16(head[40:], 1)
	binary.LittleEndian.PutUint16(head[42:], 1)
	binary.LittleEndian.PutUint64(head[72:], uint64(len(text))|2<<56)
	binary.LittleEndian.PutUint64(head[80:], uint64(len(head)))
	binary.LittleEndian.PutUint64(head[88:], uint64(len(text)))
	for _, change := range changes {
		change(head)
	}
	return append(head, text...)
}
