package image

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/reseal/reseal/schema"
)

// WIM is what the head of an image file (.wim, .esd, .swm) tells of it. The
// files in the images stay compressed: their metadata alone is read.
type WIM struct {
	Images      []WIMImage
	Compression string // of the images: none, XPRESS, LZX or LZMS
	Solid       bool   // an ESD packs several files together
	Part, Parts int    // of a split image; 1 of 1 otherwise
	BootIndex   int    // of the image that Windows PE boots; 0 = none
}

// WIMImage is one Windows in an image file. A text or number that the
// metadata lacks is empty.
type WIMImage struct {
	Index                             int
	Name, Description                 string
	DisplayName                       string
	Flags                             string // edition as Setup knows it
	Edition, InstallationType         string
	Architecture                      string // amd64, x86, arm64, arm, ia64
	Languages                         []string
	DefaultLanguage                   string
	Major, Minor, Build, ServiceBuild int
	Bytes                             uint64 // of all files
}

// Release of the image, nil when it is none of the known ones.
func (i *WIMImage) Release() *schema.Release {
	return schema.ReleaseOfWindows(i.Build, i.InstallationType, i.Edition)
}

// Version is the version in print: 10.0.26100.1742.
func (i *WIMImage) Version() string {
	if i.Build == 0 {
		return ""
	}
	return fmt.Sprintf("%d.%d.%d.%d", i.Major, i.Minor, i.Build, i.ServiceBuild)
}

// Facts are what checks of an answer file need.
func (i *WIMImage) Facts() schema.Image {
	facts := schema.Image{
		Name: i.Name, Description: i.Description, Edition: i.Edition, Architecture: i.Architecture, Version: i.Version(), Index: i.Index,
		Languages: i.Languages, Build: i.Build,
	}
	if r := i.Release(); r != nil {
		facts.Windows = r.ID
	}
	return facts
}

// Layout of the head, and what its fields may claim.
const (
	wimHead        = 208
	wimTable       = 48 // where the resource with the table of resources is described
	wimXML         = 72 // the same for the one with the metadata
	largestWIMXML  = 16 << 20
	wimCompressed  = 0x02 // flags of the file
	wimXPRESS      = 0x20000
	wimLZX         = 0x40000
	wimLZMS        = 0x80000
	wimESD         = 0xe00 // version of files that may have solid resources
	wimLong        = 0x10d00
	wimResourceZip = 0x04 // flags of a resource: compressed
	wimSolid       = 0x10 // several files in one
	wimEntry       = 50   // bytes of an entry in the table of resources
	largestTable   = 64 << 20
)

// ErrForeign is matched by the error for a file that is no image file at all.
var ErrForeign = errors.New("no image file")

// ReadWIM reads the metadata of an image file of that size. The name stands in
// errors; one that matches ErrDamaged says what is wrong with the file, and one
// that matches ErrForeign that it is of another kind.
func ReadWIM(name string, r io.ReaderAt, size int64) (*WIM, error) {
	w := wimReader{name: name, file: r, size: size}
	if size == 0 {
		return nil, w.damaged("the file is empty")
	}
	magic, err := w.bytes(0, min(size, 8), "its beginning")
	if err != nil {
		return nil, err
	}
	if err := w.ours(string(magic)); err != nil {
		return nil, err
	}
	head, err := w.bytes(0, wimHead, "its head")
	if err != nil {
		return nil, err
	}
	if err := w.known(head); err != nil {
		return nil, err
	}
	text, err := w.xml(head[wimXML:])
	if err != nil {
		return nil, err
	}
	out := &WIM{
		Compression: compression(le32(head, 16)),
		Part:        int(binary.LittleEndian.Uint16(head[40:])), Parts: int(binary.LittleEndian.Uint16(head[42:])),
		BootIndex: int(le32(head, 120)),
	}
	if out.Solid, err = w.solid(head); err != nil {
		return nil, err
	}
	if out.Part > out.Parts {
		return nil, w.damaged("it is part %d of %d", out.Part, out.Parts)
	}
	if out.Images, err = w.images(text); err != nil {
		return nil, err
	}
	if count := le32(head, 44); int64(count) != int64(len(out.Images)) {
		return nil, w.damaged("its head counts %d images, its metadata %d", count, len(out.Images))
	}
	return out, nil
}

type wimReader struct {
	name string
	file io.ReaderAt
	size int64
}

func (w *wimReader) damaged(format string, args ...any) error {
	return fmt.Errorf("%s is %w: %s", w.name, ErrDamaged, fmt.Sprintf(format, args...))
}

func le32(b []byte, at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }

// bytes reads a part of the file that must be there as a whole.
func (w *wimReader) bytes(at, n int64, what string) ([]byte, error) {
	if at < 0 || n < 0 || at > w.size || n > w.size-at {
		return nil, w.damaged("it is cut off: %s takes %d bytes from %d on, and the file has %d", what, n, at, w.size)
	}
	buf := make([]byte, n)
	if read, err := w.file.ReadAt(buf, at); int64(read) < n {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF // the file became shorter
		}
		return nil, fmt.Errorf("%s: %w", w.name, err)
	}
	return buf, nil
}

// Files begin with these; wimlib writes the second for images that are piped.
const (
	magicWIM      = "MSWIM\x00\x00\x00"
	magicPipeable = "WLPWM\x00\x00\x00"
)

// ours looks at the first bytes, of which a file may have fewer than eight.
func (w *wimReader) ours(magic string) error {
	switch {
	case magic == magicPipeable:
		return fmt.Errorf("%s is %w that Windows reads, but a pipable one of wimlib; export it as a normal one", w.name, ErrForeign)
	case !strings.HasPrefix(magicWIM, magic):
		return fmt.Errorf("%s is %w%s", w.name, ErrForeign, w.kind())
	}
	return nil
}

func (w *wimReader) known(head []byte) error {
	switch {
	case le32(head, 8) < wimHead:
		return w.damaged("its head claims %d bytes instead of %d", le32(head, 8), wimHead)
	case le32(head, 12) != wimLong && le32(head, 12) != wimESD:
		return w.damaged("its version is %#x; %#x and %#x are known", le32(head, 12), wimLong, wimESD)
	}
	return nil
}

// resource reads the description of a resource: seven bytes of size and one of
// flags, then its place. Windows never compresses those of the head.
func (w *wimReader) resource(at []byte, what string, most uint64) ([]byte, error) {
	size, flags := binary.LittleEndian.Uint64(at), at[7]
	size &= 1<<56 - 1
	begin := binary.LittleEndian.Uint64(at[8:])
	switch {
	case flags&wimResourceZip != 0:
		return nil, w.damaged("%s is compressed, which Windows never does", what)
	case size > most:
		return nil, w.damaged("%s claims %d bytes; at most %d are read", what, size, most)
	case begin > uint64(w.size):
		return nil, w.damaged("it is cut off: %s begins at %d, and the file has %d bytes", what, begin, w.size)
	}
	return w.bytes(int64(begin), int64(size), what)
}

func (w *wimReader) xml(at []byte) ([]byte, error) {
	text, err := w.resource(at, "its metadata", largestWIMXML)
	if err == nil && len(text) == 0 {
		err = w.damaged("it has no metadata; it may be an unfinished capture")
	}
	return text, err
}

// solid looks for a resource that packs several files. The version of the file
// says that there may be some, and is all that is known where the table makes
// no sense.
func (w *wimReader) solid(head []byte) (bool, error) {
	if le32(head, 12) != wimESD {
		return false, nil
	}
	table, err := w.resource(head[wimTable:], "its table of resources", largestTable)
	if err != nil {
		if errors.Is(err, ErrDamaged) {
			return true, nil
		}
		return false, err
	}
	for ; len(table) >= wimEntry; table = table[wimEntry:] {
		if table[7]&wimSolid != 0 {
			return true, nil
		}
	}
	return false, nil
}

func compression(flags uint32) string {
	switch {
	case flags&wimCompressed == 0:
		return "none"
	case flags&wimXPRESS != 0:
		return "XPRESS"
	case flags&wimLZX != 0:
		return "LZX"
	case flags&wimLZMS != 0:
		return "LZMS"
	}
	return "unknown"
}
