package sysprep

import (
	"bytes"
	"debug/pe"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Library is what the head of a DLL tells of it.
type Library struct {
	Architecture string   // amd64, x86, arm64; "" = another one
	Exports      []string // names of its functions, in the order of the file
	Numbered     int      // functions that have a number alone
}

// Limits of what a library may claim.
const (
	mostExports   = 1 << 16
	longestExport = 512
)

var errNoLibrary = errors.New("it is no library of Windows")

// ReadLibrary reads the architecture and the exported names of a DLL. Any
// mistake in its tables is an error: Windows would not load it either.
//
// Source: https://learn.microsoft.com/windows/win32/debug/pe-format.
func ReadLibrary(r io.ReaderAt) (*Library, error) {
	file, err := pe.NewFile(r)
	if err != nil {
		file, err = pe.NewFile(withoutSymbols{r})
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errNoLibrary, err)
	}
	defer file.Close()
	out := &Library{Architecture: machineType(file.Machine)}
	at, ok := exportDirectory(file)
	if !ok {
		return nil, errNoLibrary
	}
	if at == 0 {
		return out, nil
	}
	out.Exports, out.Numbered, err = exportNames(file, at)
	return out, err
}

// withoutSymbols hides where a library has its symbols: they are for debuggers
// alone, and Windows loads a library whose symbols are damaged or stripped.
type withoutSymbols struct{ io.ReaderAt }

// ReadAt blanks the place and the number of the symbols, 8 bytes that stand 12
// bytes behind the signature, to which the bytes at 60 lead.
func (w withoutSymbols) ReadAt(buf []byte, at int64) (int, error) {
	n, err := w.ReaderAt.ReadAt(buf, at)
	var head [4]byte
	if _, err := w.ReaderAt.ReadAt(head[:], 60); err != nil {
		return n, err
	}
	from := int64(binary.LittleEndian.Uint32(head[:])) + 12 - at
	for i := max(0, from); i < min(from+8, int64(n)); i++ {
		buf[i] = 0
	}
	return n, err
}

// machineType translates a machine type of the PE format.
func machineType(machine uint16) string {
	switch machine {
	case pe.IMAGE_FILE_MACHINE_I386:
		return "x86"
	case pe.IMAGE_FILE_MACHINE_AMD64:
		return "amd64"
	case pe.IMAGE_FILE_MACHINE_ARM64:
		return "arm64"
	}
	return ""
}

// exportDirectory is the address of the table of exports, 0 for none; ok is
// false for a file that is no program at all, such as an object file.
func exportDirectory(file *pe.File) (at uint32, ok bool) {
	switch h := file.OptionalHeader.(type) {
	case *pe.OptionalHeader32:
		return h.DataDirectory[pe.IMAGE_DIRECTORY_ENTRY_EXPORT].VirtualAddress, true
	case *pe.OptionalHeader64:
		return h.DataDirectory[pe.IMAGE_DIRECTORY_ENTRY_EXPORT].VirtualAddress, true
	}
	return 0, false
}

// exportNames reads the table of exports: 40 bytes of which those from 20 on
// count the functions, those from 24 on the names, and those from 32 on say
// where the addresses of the names stand. numbered counts functions without a
// name.
func exportNames(file *pe.File, at uint32) (names []string, numbered int, err error) {
	table, err := loaded(file, at, 40)
	if err != nil {
		return nil, 0, err
	}
	functions, count := binary.LittleEndian.Uint32(table[20:]), binary.LittleEndian.Uint32(table[24:])
	if max(functions, count) > mostExports {
		return nil, 0, fmt.Errorf("it claims %d exports; at most %d are read", max(functions, count), mostExports)
	}
	addresses, err := loaded(file, binary.LittleEndian.Uint32(table[32:]), 4*int(count))
	if err != nil {
		return nil, 0, err
	}
	names = make([]string, 0, count)
	for i := range int(count) {
		text, err := loaded(file, binary.LittleEndian.Uint32(addresses[4*i:]), -longestExport)
		if err != nil {
			return nil, 0, err
		}
		name, _, ok := bytes.Cut(text, []byte{0})
		if !ok {
			return nil, 0, fmt.Errorf("the name of an export has no end within %d bytes", longestExport)
		}
		names = append(names, string(name))
	}
	return names, max(0, int(functions)-int(count)), nil
}

// loaded reads bytes at an address that they have once the file is loaded. A
// negative n takes as many as there are, at most that many.
func loaded(file *pe.File, at uint32, n int) ([]byte, error) {
	if n == 0 {
		return nil, nil
	}
	for _, s := range file.Sections {
		if at < s.VirtualAddress || at-s.VirtualAddress >= s.Size {
			continue
		}
		left := int(s.Size - (at - s.VirtualAddress))
		if n > left {
			break
		}
		buf := make([]byte, max(n, min(-n, left)))
		read, err := s.ReadAt(buf, int64(at-s.VirtualAddress))
		if read == len(buf) {
			return buf, nil
		}
		return nil, fmt.Errorf("its section %s is cut off: %w", s.Name, err)
	}
	return nil, fmt.Errorf("its tables point to %#x, which is outside of its sections", at)
}
