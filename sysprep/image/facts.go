package image

import (
	"strconv"
	"strings"

	"github.com/reseal/reseal/schema"
	"github.com/reseal/reseal/sysprep"
)

// Machine gathers what the image tells of the machine that Sysprep would meet.
// What an image cannot tell (who runs Sysprep, BitLocker, rearms, devices)
// stays unknown, and so does what could not be read; the problems say why.
func (i *Image) Machine() (*sysprep.Machine, []error) {
	g := &gatherer{Image: i}
	if i.running {
		return i.runningMachine(g)
	}
	m, _ := sysprep.LiveMachine(offline{g})
	m.Domain, m.ImageState, m.AnswerFiles = g.domain(), g.imageState(), g.answerFiles()
	m.Internal = g.internal()
	if i.windows == "." {
		m.Leftovers = sysprep.Fact[[]string]{} // the drive is not at hand
	}
	return m, g.problems
}

// runningMachine asks the Windows that runs, which can tell more. What it
// cannot tell is not checked, and no problem of the image.
func (i *Image) runningMachine(g *gatherer) (*sysprep.Machine, []error) {
	w, err := sysprep.NativeWindows()
	if err != nil {
		return &sysprep.Machine{}, []error{err}
	}
	m, _ := sysprep.LiveMachine(w)
	m.Internal = g.internal()
	return m, g.problems
}

// Facts are what checks of an answer file need to know of the image.
func (i *Image) Facts() (schema.Image, []error) {
	g := &gatherer{Image: i}
	roles, _ := sysprep.InstalledRoles(offline{g}) // whoever asks offline notes the problems
	facts := schema.Image{
		Edition: g.text(keyVersion, "EditionID").Value, Architecture: g.architecture().Value,
		Build: g.build(), Languages: g.languages(), Windows: g.release().Value, Version: g.version(), Roles: roles.Value,
	}
	return facts, g.problems
}

func (g *gatherer) build() int {
	build, _ := strconv.Atoi(g.text(keyVersion, "CurrentBuildNumber").Value)
	return build
}

// version is that of the installation in four numbers; Windows before 10 has
// no value for the first two but CurrentVersion.
func (g *gatherer) version() string {
	build := g.text(keyVersion, "CurrentBuildNumber").Value
	if build == "" {
		return ""
	}
	nt := g.text(keyVersion, "CurrentVersion").Value
	if major := g.number(keyVersion, "CurrentMajorVersionNumber"); major.Known() {
		nt = strconv.Itoa(major.Value) + "." + strconv.Itoa(g.number(keyVersion, "CurrentMinorVersionNumber").Value)
	}
	return nt + "." + build + "." + strconv.Itoa(g.number(keyVersion, "UBR").Value)
}

func (g *gatherer) release() sysprep.Fact[string] {
	r := schema.ReleaseOfWindows(g.build(), g.text(keyVersion, "InstallationType").Value, g.text(keyVersion, "EditionID").Value)
	if r == nil {
		return sysprep.Fact[string]{}
	}
	return sysprep.GivenAs(r.ID)
}

func (g *gatherer) architecture() sysprep.Fact[string] {
	word := g.text(keyControl+`\Session Manager\Environment`, "PROCESSOR_ARCHITECTURE")
	if word.Known() {
		word.Value = strings.ToLower(word.Value)
	}
	return word
}

// languages are those of the user interface that are installed.
func (g *gatherer) languages() []string {
	names, _ := g.keys(keyControl + `\MUI\UILanguages`)
	return names
}

// domain goes by the DNS domain of the network settings, which every member of
// a domain has. That a machine without one belongs to none is only assumed.
func (g *gatherer) domain() sysprep.Fact[string] {
	for _, name := range []string{"NV Domain", "Domain"} {
		if domain := g.text(keyServices+`\Tcpip\Parameters`, name); domain.Value != "" {
			return domain
		}
	}
	if !g.hasKey(keyServices + `\Tcpip\Parameters`).Value {
		return sysprep.Fact[string]{}
	}
	return sysprep.Fact[string]{Origin: sysprep.Default}
}
