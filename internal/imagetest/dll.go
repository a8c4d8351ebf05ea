package imagetest

import "encoding/binary"

// Machine types of the PE format.
const (
	X86   = 0x014c
	AMD64 = 0x8664
	ARM64 = 0xaa64
)

// DLL writes a library that exports these names, all for one function that
// does nothing but return 0.
func DLL(machine uint16, exports ...string) []byte {
	const codeAt = 0x1000 // of the one section, in memory
	section := []byte{0x31, 0xc0, 0xc3, 0x90}
	table := len(section)
	section = append(section, make([]byte, 40)...)
	put := func(at int, n int) { binary.LittleEndian.PutUint32(section[at:], uint32(n)) }
	list := func(values []int) int {
		at := len(section)
		for _, v := range values {
			section = binary.LittleEndian.AppendUint32(section, uint32(v))
		}
		return codeAt + at
	}
	text := func(s string) int {
		at := len(section)
		section = append(append(section, s...), 0)
		return codeAt + at
	}
	var functions, names []int
	for _, name := range exports {
		functions = append(functions, codeAt)
		names = append(names, text(name))
	}
	put(table+12, text("test.dll"))
	put(table+16, 1)
	put(table+20, len(exports))
	put(table+24, len(exports))
	put(table+28, list(functions))
	put(table+32, list(names))
	put(table+36, codeAt+len(section))
	for i := range exports {
		section = binary.LittleEndian.AppendUint16(section, uint16(i))
	}
	section = append(section, make([]byte, 8)...) // some readers want room behind the last table
	directory := 0
	if len(exports) > 0 {
		directory = codeAt + table
	}
	return append(dllHead(machine, directory, len(section)), section...)
}

// dllHead is the head for one section of that size, 512 bytes long.
func dllHead(machine uint16, exports, size int) []byte {
	const pe, fixed = 64, 24
	head := make([]byte, 512)
	copy(head, "MZ")
	put16 := func(at, n int) { binary.LittleEndian.PutUint16(head[at:], uint16(n)) }
	put32 := func(at, n int) { binary.LittleEndian.PutUint32(head[at:], uint32(n)) }
	put32(60, pe)
	copy(head[pe:], "PE\x00\x00")
	put16(pe+4, int(machine))
	put16(pe+6, 1)       // sections
	put16(pe+22, 0x2022) // a library, runs, large addresses
	optional := pe + fixed
	length, magic, directories := 240, 0x20b, 112
	if machine == X86 {
		length, magic, directories = 224, 0x10b, 96
	}
	put16(pe+20, length)
	put16(optional, magic)
	put32(optional+32, 0x1000)
	put32(optional+36, 0x200)
	put32(optional+56, 0x1000+(size+0xfff)&^0xfff)
	put32(optional+60, len(head))
	put16(optional+68, 2)
	put32(optional+directories-4, 16)
	put32(optional+directories, exports)
	put32(optional+directories+4, size-exports%0x1000)
	section := optional + length
	copy(head[section:], ".text")
	put32(section+8, size)
	put32(section+12, 0x1000)
	put32(section+16, size)
	put32(section+20, len(head))
	put32(section+36, 0x60000020)
	return head
}
