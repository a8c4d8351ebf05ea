package image

import (
	"slices"
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
	m := &sysprep.Machine{
		Windows:         g.release(),
		Edition:         g.text(keyVersion, "EditionID"),
		Architecture:    g.architecture(),
		ImageState:      g.imageState(),
		CleanupState:    g.number(keyStatus+`\SysprepStatus`, "CleanupState"),
		Pending:         g.pending(),
		ReservedStorage: g.reserve(),
		Services:        g.services(),
		Accounts:        g.accounts(),
		Domain:          g.domain(),
		Roles:           g.roles(),
		Upgraded:        g.upgraded(),
		Leftovers:       g.leftovers(),
		StoreUpdates:    g.storeUpdates(),
		Onboarded:       g.onboarded(),
		External:        g.external(),
		AnswerFiles:     g.answerFiles(),
	}
	m.GeneralizationState = g.number(keyStatus+`\SysprepStatus`, "GeneralizationState")
	m.AppX = g.appX()
	m.Internal = g.internal()
	return m, g.problems
}

// Facts are what checks of an answer file need to know of the image.
func (i *Image) Facts() (schema.Image, []error) {
	g := &gatherer{Image: i}
	facts := schema.Image{
		Edition: g.text(keyVersion, "EditionID").Value, Architecture: g.architecture().Value,
		Build: g.build(), Languages: g.languages(), Windows: g.release().Value, Version: g.version(),
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

// imageState is in the registry and, for programs that cannot read that, in
// Setup\State\State.ini, sometimes in quotes.
func (g *gatherer) imageState() sysprep.Fact[string] {
	state := g.text(keyImageState, "ImageState")
	if state.Known() {
		state.Value = strings.TrimSpace(state.Value)
		return state
	}
	text, err := g.drive.read(g.below(`Setup\State\State.ini`), 64<<10)
	if err != nil {
		return sysprep.Fact[string]{}
	}
	for line := range strings.Lines(plainText(text)) {
		if name, value, ok := strings.Cut(line, "="); ok && strings.EqualFold(strings.TrimSpace(name), "ImageState") {
			return sysprep.GivenAs(strings.Trim(strings.TrimSpace(value), `"`))
		}
	}
	return sysprep.Fact[string]{}
}

// plainText reads small files that Windows writes as ANSI or as UTF-16.
func plainText(text []byte) string {
	if len(text) > 1 && text[0] == 0xff && text[1] == 0xfe {
		return decodeUTF16(text[2:])
	}
	return strings.TrimPrefix(string(text), "\ufeff")
}

// pending asks for each sign of work that waits. A kind that is found is given
// even where another could not be asked for.
func (g *gatherer) pending() sysprep.Fact[[]string] {
	var kinds []string
	complete := true
	sign := func(kind string, found sysprep.Fact[bool]) {
		complete = complete && found.Known()
		if found.Value && !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	for _, name := range []string{"RebootPending", "PackagesPending", "RebootInProgress"} {
		sign("servicing", g.hasKey(keyServicing+`\`+name))
	}
	sign("servicing", sysprep.GivenAs(g.drive.has(g.below(`WinSxS\pending.xml`))))
	sign("restart", g.hasKey(keyUpdate+`\RebootRequired`))
	sign("renames", g.hasValue(keyControl+`\Session Manager`, "PendingFileRenameOperations"))
	if !complete && len(kinds) == 0 {
		return sysprep.Fact[[]string]{}
	}
	return sysprep.GivenAs(kinds)
}

// reserve is 0 where Windows has no reserved storage.
func (g *gatherer) reserve() sysprep.Fact[int] {
	if scenario := g.number(keyReserve, "ActiveScenario"); scenario.Known() {
		return scenario
	}
	if has := g.hasKey(keyReserve); !has.Known() {
		return sysprep.Fact[int]{}
	}
	return sysprep.GivenAs(0)
}

// watchedServices are those that checks ask for.
var watchedServices = [...]string{"TrustedInstaller", "AppXSvc", "wuauserv", "sppsvc", "dmwappushservice"}

// services leaves out a service that this Windows does not have.
func (g *gatherer) services() sysprep.Fact[[]sysprep.Service] {
	if !g.hasKey(keyServices).Value {
		return sysprep.Fact[[]sysprep.Service]{}
	}
	var out []sysprep.Service
	for _, name := range watchedServices {
		start := g.number(keyServices+`\`+name, "Start")
		if starts := sysprep.ServiceStarts(); start.Known() && start.Value < len(starts) {
			out = append(out, sysprep.Service{Name: name, Start: starts[start.Value]})
		}
	}
	return sysprep.GivenAs(out)
}
