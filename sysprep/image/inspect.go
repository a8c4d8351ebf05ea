package image

import (
	"errors"
	"io/fs"
	"time"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/sysprep"
	"github.com/reseal/reseal/sysprep/setuplog"
)

// Summary is what an image is, at a glance.
type Summary struct {
	Product      string // "Windows 11 24H2"; what the registry says for an unknown release
	Facts        schema.Image
	Installation string // Client, Server, Server Core
	DisplayName  string // version as Windows shows it: 24H2
	SystemRoot   string // as the image calls it
	State        State
	Machine      *sysprep.Machine
	Answers      []AnswerFile
	Pointer      string        // answer file that the registry names
	CloneTag     string        // date of an earlier clone preparation
	Changed      time.Time     // when the image state was last written; zero = not known
	LastRun      *setuplog.Run // of Sysprep, as its log tells; nil = there is no log
}

// Inspect gathers all that is known of an image. What could not be read is
// left out; the problems say why.
func (i *Image) Inspect() (*Summary, []error) {
	g := &gatherer{Image: i}
	all := func(errs []error) {
		for _, err := range errs {
			g.problem(err)
		}
	}
	s := &Summary{
		Installation: g.text(keyVersion, "InstallationType").Value,
		DisplayName:  g.text(keyVersion, "DisplayVersion").Value,
		SystemRoot:   i.letter + `\Windows`,
		Pointer:      g.text(keySetup, "UnattendFile").Value,
		CloneTag:     g.text(keySetup, "CloneTag").Value,
	}
	var errs []error
	s.Facts, errs = i.Facts()
	all(errs)
	s.State, errs = i.State()
	all(errs)
	s.Machine, errs = i.Machine()
	all(errs)
	s.Answers, errs = i.AnswerFiles()
	all(errs)
	s.Product = g.product(s.Facts.Windows)
	at, ok, err := i.registry.LastWrite(keyImageState)
	g.problem(err)
	if ok {
		s.Changed = at
	}
	s.LastRun = g.lastRun()
	return s, g.problems
}

// lastRun reads the log that Sysprep leaves beside itself.
func (g *gatherer) lastRun() *setuplog.Run {
	f, _, err := g.drive.open(g.below(`System32\Sysprep\Panther\` + setuplog.ActLog))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		g.problem(err)
		return nil
	}
	defer f.Close()
	log, err := setuplog.Read(f)
	g.problem(err)
	if len(log.Runs) == 0 {
		return nil
	}
	return &log.Runs[len(log.Runs)-1]
}

func (g *gatherer) product(release string) string {
	if r := schema.FindRelease(release); r != nil {
		return r.String()
	}
	return g.text(keyVersion, "ProductName").Value
}
