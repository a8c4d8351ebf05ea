package image

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"time"
	"unicode/utf16"

	"www.velocidex.com/golang/regparser"
)

// ErrDamaged is matched by the errors of files of an image that are not what
// their name promises: read, but not understood.
var ErrDamaged = errors.New("damaged")

// Types of registry values that have a reading here.
const (
	regSZ       = 1
	regExpandSZ = 2
	regDWORD    = 4
	regMultiSZ  = 7
	regQWORD    = 11
)

// firstBin is where the cells of a hive begin; all offsets count from it.
const firstBin = 4096

// Hive is a registry hive file, open for reading. It is not for several
// goroutines at once.
type Hive struct {
	name  string
	pages *pages
	hive  *regparser.Registry
	dirty bool
	looks int64 // entries of lists that were looked at

	distinct map[int64]bool // keys, by their place, whose list has no subkey twice
}

// OpenHive reads the head of a hive of that size. The name stands in errors;
// one that matches ErrDamaged says why this is no hive.
func OpenHive(name string, r io.ReaderAt, size int64) (h *Hive, err error) {
	h = &Hive{name: name, pages: newPages(r, size), distinct: map[int64]bool{}}
	if err := h.head(); err != nil {
		return nil, err
	}
	err = h.ask(func() error {
		if h.hive, err = regparser.NewRegistry(h.pages); err != nil {
			return h.damaged("%v", err)
		}
		if h.root() == nil {
			return h.damaged("it has no root key")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return h, nil
}

// head checks what the parser takes on trust: magic, checksum and length.
func (h *Hive) head() error {
	if h.pages.size == 0 {
		return h.damaged("the file is empty")
	}
	block := make([]byte, 512)
	if n, _ := h.pages.ReadAt(block, 0); n < len(block) || h.pages.size < firstBin {
		if h.pages.failed != nil {
			return fmt.Errorf("%s: %w", h.name, h.pages.failed)
		}
		return h.damaged("a hive has at least %d bytes, and this file has %d", firstBin, h.pages.size)
	}
	if string(block[:4]) != "regf" {
		return h.damaged("it does not begin with regf")
	}
	sum := uint32(0)
	for at := 0; at < 508; at += 4 {
		sum ^= binary.LittleEndian.Uint32(block[at:])
	}
	// Windows writes 1 for 0, and one less for all ones.
	switch sum {
	case 0:
		sum = 1
	case math.MaxUint32:
		sum--
	}
	first, second := binary.LittleEndian.Uint32(block[4:]), binary.LittleEndian.Uint32(block[8:])
	h.dirty = first != second || sum != binary.LittleEndian.Uint32(block[508:])
	if length := int64(binary.LittleEndian.Uint32(block[40:])); firstBin+length > h.pages.size {
		return h.damaged("it is cut off: its head promises %d bytes, and %d are there", firstBin+length, h.pages.size)
	}
	return nil
}

// Dirty tells whether the last write to the hive was not finished: its two
// sequence numbers, or its checksum, disagree. What Windows wrote last is then
// in the transaction logs beside it, and not here.
func (h *Hive) Dirty() bool { return h.dirty }

func (h *Hive) damaged(format string, args ...any) error {
	return fmt.Errorf("%s is %w: %s", h.name, ErrDamaged, fmt.Sprintf(format, args...))
}

// ask is the one boundary to the parser: a hive that leads it astray makes an
// error, and not a panic.
func (h *Hive) ask(question func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = h.damaged("a cell cannot be read (%v)", r)
		}
		if h.pages.failed != nil {
			err = fmt.Errorf("%s: %w", h.name, h.pages.failed)
		}
	}()
	h.pages.failed = nil
	return question()
}

func (h *Hive) root() *regparser.CM_KEY_NODE {
	return h.hive.Profile.HCELL(h.pages, firstBin+int64(h.hive.BaseBlock.RootCell())).KeyNode()
}

// key walks down a path such as `Setup\Status`; nil when it leads nowhere.
func (h *Hive) key(path string) (*regparser.CM_KEY_NODE, error) {
	node := h.root()
	for name := range strings.SplitSeq(path, `\`) {
		if name == "" || node == nil {
			continue
		}
		subs, err := h.subkeys(node)
		if err != nil {
			return nil, err
		}
		node = nil
		for _, sub := range subs {
			if strings.EqualFold(keyName(sub), name) {
				node = sub
				break
			}
		}
	}
	return node, nil
}

// Flags that tell that a name has one byte a character.
const (
	keyLatin   = 0x20
	valueLatin = 0x01
)

func keyName(node *regparser.CM_KEY_NODE) string {
	return decodeName(node.Name(), node.Flags()&keyLatin != 0)
}

func valueName(v *regparser.CM_KEY_VALUE) string {
	return decodeName(v.ValueName(), v.Flags()&valueLatin != 0)
}

// decodeName reads the bytes of a name as Latin-1 or as UTF-16.
func decodeName(raw string, latin bool) string {
	if !latin {
		return decodeUTF16([]byte(raw))
	}
	out := make([]rune, len(raw))
	for i := range len(raw) {
		out[i] = rune(raw[i])
	}
	return string(out)
}

func decodeUTF16(raw []byte) string {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(raw[2*i:])
	}
	return string(utf16.Decode(units))
}

// HasKey tells whether the key exists.
func (h *Hive) HasKey(path string) (has bool, err error) {
	err = h.ask(func() error {
		node, err := h.key(path)
		has = node != nil
		return err
	})
	return has, err
}

// Keys returns the names of the subkeys in the order of the hive; an absent
// key has none.
func (h *Hive) Keys(path string) (names []string, err error) {
	err = h.ask(func() error {
		node, err := h.key(path)
		if node == nil {
			return err
		}
		subs, err := h.subkeys(node)
		for _, sub := range subs {
			names = append(names, keyName(sub))
		}
		return err
	})
	return names, err
}

// Values returns the names of the values of a key; an absent key has none. The
// default value is "".
func (h *Hive) Values(path string) (names []string, err error) {
	err = h.ask(func() error {
		node, err := h.key(path)
		if node == nil {
			return err
		}
		values, err := h.values(node)
		for _, v := range values {
			names = append(names, valueName(v))
		}
		return err
	})
	return names, err
}

// LastWrite tells when the key was last written; ok is false for an absent
// key, and for one without a time.
func (h *Hive) LastWrite(path string) (at time.Time, ok bool, err error) {
	err = h.ask(func() error {
		node, err := h.key(path)
		if node == nil {
			return err
		}
		if stamp := h.bytes(node.Offset+4, 8); len(stamp) == 8 {
			at, ok = fileTime(binary.LittleEndian.Uint64(stamp))
		}
		return nil
	})
	return at, ok, err
}

// fileTime converts units of 100 ns since 1601. Zero is no time, and neither
// is one beyond the year 9999, which nothing else can print.
func fileTime(stamp uint64) (time.Time, bool) {
	const from1601To1970 = 11644473600
	at := time.Unix(int64(stamp/1e7)-from1601To1970, int64(stamp%1e7)*100).UTC()
	return at, stamp != 0 && at.Year() <= 9999
}
