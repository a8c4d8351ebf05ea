package sysprep

import (
	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/schema/answer"
)

// cachedPath is where Windows keeps the answer file that it has taken.
const cachedPath = `C:\Windows\Panther\unattend.xml`

// cache follows which answer file serves each pass. The file that wins is
// copied over the cached one, as logs show, so that a file on a drive which
// takes one pass takes the later ones as well.
type cache struct {
	arch   string
	others []FoundFile // on the machine, without the cached copy, which the run overwrites
	given  FoundFile   // what /unattend: names, until it is cached
	cached FoundFile
	from   string // path of what is cached, where it did not come from this run
	marks  map[mark]bool
}

// mark is one wasPassProcessed in a cached copy. A copy that is made anew has
// none.
type mark struct {
	file *answer.File
	pass schema.Pass
}

func newCache(s *situation) *cache {
	c := &cache{arch: s.answers.arch, marks: map[mark]bool{}}
	c.given = FoundFile{Place: PlaceExplicit, Path: or(s.command.Unattend, DefaultAnswerPath), File: s.answers.file}
	for _, f := range s.machine.AnswerFiles.Value {
		switch {
		case f.Place == PlaceExplicit:
		case f.Place == PlacePanther:
			c.cached = f
		default:
			c.others = append(c.others, f)
		}
	}
	if s.answers.file != nil {
		c.keep(s.answers.file)
	}
	return c
}

// keep makes a copy of a file the cached one.
func (c *cache) keep(file *answer.File) {
	c.cached = FoundFile{Place: PlacePanther, Path: cachedPath, File: file}
	clear(c.marks)
}

// serve decides the file of a pass, nil when none has settings for it, and
// caches it. run is true while sysprep.exe itself runs, which has the file by
// name; every later pass finds it in the cache.
func (c *cache) serve(pass schema.Pass, run bool) *FoundFile {
	first := c.cached
	if run {
		first = c.given
	}
	files := c.others
	if first.File != nil && !c.marks[mark{first.File, pass}] {
		files = append([]FoundFile{first}, files...)
	}
	winner, _ := Search(pass, c.arch, files)
	if winner != nil && winner.Place != PlaceExplicit && winner.Place != PlacePanther {
		c.keep(winner.File)
		c.from = winner.Path
	}
	return winner
}

// memory is the state of the cache as a value that compares.
type memory struct {
	file  *answer.File
	marks uint // of that file, one bit a pass
}

func (c *cache) memory() memory {
	m := memory{file: c.cached.File}
	for k := range c.marks {
		if k.file == m.file {
			m.marks |= 1 << k.pass
		}
	}
	return m
}

// origin is the path of a file that serves a pass; for a cached copy, that of
// what was cached.
func (c *cache) origin(f *FoundFile) string {
	if f.Place == PlacePanther && c.from != "" {
		return c.from
	}
	return f.Path
}

// done marks a pass in the cached copy.
func (c *cache) done(pass schema.Pass) { c.marks[mark{c.cached.File, pass}] = true }

// generalizing are the answers of the file that serves generalize, in the run
// or in the boot behind it that generalizes. It is another one where ours has
// no settings for it.
func (s *situation) generalizing() answers {
	if s.later != nil {
		return s.later.from
	}
	out := answers{arch: s.answers.arch}
	if f := newCache(s).serve(schema.Generalize, true); f != nil {
		out.file = f.File
	}
	return out
}
