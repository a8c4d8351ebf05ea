package image

import "io"

// pages reads a file of known size through a cache of whole pages: the parser
// of hives asks for a few bytes at a time. It answers every read beyond the
// file with io.EOF, at which the parser stops.
type pages struct {
	file   io.ReaderAt
	size   int64
	cache  map[int64][]byte
	failed error // of the file itself
}

const (
	pageSize  = 32 << 10
	pageCount = 1 << 10 // 32 MiB are kept
)

func newPages(file io.ReaderAt, size int64) *pages {
	return &pages{file: file, size: size, cache: map[int64][]byte{}}
}

func (p *pages) ReadAt(buf []byte, offset int64) (int, error) {
	if offset < 0 || offset >= p.size {
		return 0, io.EOF
	}
	done := 0
	for done < len(buf) && offset < p.size {
		page, err := p.page(offset / pageSize)
		if err != nil {
			p.failed = err
			return done, io.EOF
		}
		n := copy(buf[done:], page[offset%pageSize:])
		done += n
		offset += int64(n)
	}
	if done < len(buf) {
		return done, io.EOF
	}
	return done, nil
}

func (p *pages) page(n int64) ([]byte, error) {
	if page, ok := p.cache[n]; ok {
		return page, nil
	}
	if len(p.cache) >= pageCount {
		clear(p.cache)
	}
	page := make([]byte, min(pageSize, p.size-n*pageSize))
	read, err := p.file.ReadAt(page, n*pageSize)
	if read < len(page) {
		if err == nil || err == io.EOF {
			err = io.ErrUnexpectedEOF // the file became shorter
		}
		return nil, err
	}
	p.cache[n] = page
	return page, nil
}
