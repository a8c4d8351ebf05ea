package sysprep

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/reseal/reseal/sysprep/setuplog"
)

// keyLicence holds the values of the licence service.
// Source: microsoft-windows-security-spp-skiprearm in the unattended reference.
const keyLicence = keyVersion + `\SoftwareProtectionPlatform`

// skipRearm is off where the value is absent.
func (l *liveReader) skipRearm() Fact[bool] {
	n, _, err := l.w.ReadNumber(keyLicence, "SkipRearm")
	if err != nil {
		l.note(readError(keyLicence, "SkipRearm", err))
		return Fact[bool]{}
	}
	return GivenAs(n == 1)
}

// activeProduct finds the edition of Windows whose product key is installed.
//
// Source: learn.microsoft.com/previous-versions/windows/desktop/sppwmi/softwarelicensingproduct;
// the application is that of Windows.
const activeProduct = "SELECT Description FROM SoftwareLicensingProduct " +
	"WHERE ApplicationID='55c92734-d682-4d71-983e-d6ec3f16059f' AND LicenseIsAddon=FALSE AND PartialProductKey IS NOT NULL"

// channel asks the licence service. Where it does not answer, as in an image,
// the product ID tells of an OEM alone; of others it says too little.
func (l *liveReader) channel() Fact[string] {
	if text, ok := l.first(nsSystem, activeProduct, "Description").(string); ok {
		return channelOf(text)
	}
	if strings.Contains(strings.ToUpper(l.text(keyVersion, "ProductId").Value), "OEM") {
		return GivenAs("oem")
	}
	return Fact[string]{}
}

// channelOf reads "Windows(R) Operating System, OEM_DM channel".
func channelOf(description string) Fact[string] {
	_, word, _ := strings.Cut(strings.ToUpper(description), ", ")
	switch {
	case strings.HasPrefix(word, "OEM"):
		return GivenAs("oem")
	case strings.HasPrefix(word, "VOLUME"):
		return GivenAs("volume")
	case strings.HasPrefix(word, "RETAIL"):
		return GivenAs("retail")
	}
	return Fact[string]{}
}

// scripts are those in the folder where Setup looks for them.
func (l *liveReader) scripts() Fact[[]string] {
	return l.present(SetupScripts(), l.root+`\Setup\Scripts\`)
}

// present lists those of the names that stand in a folder.
func (l *liveReader) present(names []string, folder string) Fact[[]string] {
	var found []string
	for _, name := range names {
		there := read(l, l.exists(folder+name))
		if !there.Known() {
			return Fact[[]string]{}
		}
		if there.Value {
			found = append(found, name)
		}
	}
	return GivenAs(found)
}

// maxRecovery bounds what is read of ReAgent.xml.
const maxRecovery = 1 << 20

// recovery reads what the recovery agent notes of itself. Without its file
// nothing is known.
func (l *liveReader) recovery() Fact[bool] {
	if l.root == "" {
		return Fact[bool]{}
	}
	path := l.root + `\System32\Recovery\ReAgent.xml`
	text, err := readWhole(l.w, path, maxRecovery)
	if errors.Is(err, fs.ErrNotExist) {
		return Fact[bool]{}
	}
	if err != nil {
		l.note(err)
		return Fact[bool]{}
	}
	enabled, err := recoveryState(text)
	if err != nil {
		l.note(fmt.Errorf("%s: %w", path, err))
		return Fact[bool]{}
	}
	return GivenAs(enabled)
}

var errNoRecoveryState = errors.New("it does not say whether the recovery environment is enabled (InstallState)")

// recoveryState reads <InstallState state="1"/>, as seen in files of Windows 10
// and 11.
func recoveryState(text []byte) (enabled bool, err error) {
	d := xml.NewDecoder(bytes.NewReader(text))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return false, errNoRecoveryState
		}
		if err != nil {
			return false, err
		}
		element, ok := token.(xml.StartElement)
		if !ok || element.Name.Local != "InstallState" {
			continue
		}
		for _, a := range element.Attr {
			if a.Name.Local == "state" && (a.Value == "0" || a.Value == "1") {
				return a.Value == "1", nil
			}
		}
		return false, errNoRecoveryState
	}
}

// earlierErrors are the runs of Sysprep that its log says have failed. The log
// of the errors alone serves where the whole one is gone: it knows no runs that
// ended well.
func (l *liveReader) earlierErrors() Fact[[]string] {
	if l.root == "" {
		return Fact[[]string]{}
	}
	for _, name := range []string{setuplog.ActLog, setuplog.ErrLog} {
		log, err := setuplog.Read(&fileReader{files: l.w, path: l.root + `\System32\Sysprep\Panther\` + name})
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			l.note(err)
			return Fact[[]string]{}
		}
		var failed []string
		for _, run := range log.Runs {
			if run.Verdict == setuplog.Failed && !run.Rehearsal {
				failed = append(failed, failedRun(run))
			}
		}
		return GivenAs(failed)
	}
	return GivenAs([]string(nil))
}

// failedRun names a run by its beginning and its cause.
func failedRun(run setuplog.Run) string {
	text := strings.TrimSuffix(or(run.Cause, run.Text), ".")
	if run.Code != "" {
		text += " (" + run.Code + ")"
	}
	return fmt.Sprintf("the run of %s failed in %s: %s", or(run.Started, "unknown time"), or(run.Phase, "an unknown phase"), text)
}

// fileReader reads a file from its beginning to its end.
type fileReader struct {
	files  Files
	path   string
	offset int64
}

func (r *fileReader) Read(buf []byte) (int, error) {
	n, err := r.files.ReadAt(r.path, buf, r.offset)
	r.offset += int64(n)
	if n == 0 && err == nil && len(buf) > 0 {
		err = io.EOF
	}
	return n, err
}
