package sysprep

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/internal/source"
	"github.com/reseal/reseal/schema"
)

// Trouble is one thing that is wrong with a provider.
type Trouble struct {
	Check    string        // what was looked at: file, architecture, function, path
	Severity diag.Severity // Error: Sysprep cannot call it
	Text     string        // one sentence without a final stop
	Remedy   string
}

// CheckLibrary tells whether Sysprep on a Windows of that architecture can
// call the function in the DLL; an empty architecture fits all.
func CheckLibrary(l *Library, function, architecture string) []Trouble {
	var out []Trouble
	if architecture != "" && l.Architecture != architecture {
		out = append(out, Trouble{"architecture", diag.Error,
			fmt.Sprintf("the DLL is for %s, and sysprep.exe of this Windows for %s", orOther(l.Architecture), architecture),
			"Register the build of the DLL for " + architecture + "."})
	}
	if t, bad := l.lacks(function); bad {
		out = append(out, t)
	}
	return out
}

func orOther(architecture string) string {
	if architecture == "" {
		return "another architecture"
	}
	return architecture
}

// lacks compares as Windows does: a name in another case is another function.
func (l *Library) lacks(function string) (Trouble, bool) {
	for _, name := range l.Exports {
		if name == function {
			return Trouble{}, false
		}
	}
	t := Trouble{Check: "function", Severity: diag.Error,
		Text:   fmt.Sprintf("the DLL does not export %s", source.OneLine(function)),
		Remedy: "Export it as DWORD WINAPI NAME(void), under exactly this name."}
	switch near := schema.Nearest(function, l.Exports); {
	case near != "":
		t.Text += "; did you mean " + source.OneLine(near) + "?"
	case len(l.Exports) == 0 && l.Numbered > 0:
		t.Text = "the DLL exports its functions by number alone, and Sysprep asks for " + source.OneLine(function)
	case len(l.Exports) == 0:
		t.Text = "the DLL exports nothing"
	}
	return t, true
}

// CheckLibraryPath tells whether the image takes the DLL along to where the
// registered path finds it. root is the folder of Windows.
func CheckLibraryPath(path, root string) []Trouble {
	if !strings.ContainsAny(path, `\/`) {
		return nil // a bare name is looked for in System32
	}
	if len(path) < 3 || path[1] != ':' || path[2] != '\\' {
		return []Trouble{{"path", diag.Error, fmt.Sprintf("%s is no full path such as C:\\Folder\\provider.dll", source.OneLine(path)),
			"Register the full path: Sysprep does not start in your folder."}}
	}
	if !strings.EqualFold(path[:2], root[:min(2, len(root))]) {
		return []Trouble{{"path", diag.Warning, "the DLL does not lie on the volume of Windows, which alone becomes the image",
			"Copy it below " + root[:min(2, len(root))] + `\Program Files or a folder of your own on that volume.`}}
	}
	if strings.HasPrefix(strings.ToLower(path[2:]), `\users\`) {
		return []Trouble{{"path", diag.Warning, "the DLL lies in a user profile, which need not exist on the machines to come",
			"Copy it to a folder that belongs to no user."}}
	}
	return nil
}

// NoLibrary is what an error of ReadLibrary means for a provider.
func NoLibrary(err error) Trouble {
	return Trouble{"file", diag.Error, source.OneLine(err.Error()), "Name the DLL itself; when it is damaged, install its software anew."}
}

// maxLibrary bounds what is read of a DLL.
const maxLibrary = 256 << 20

// CheckRegistered looks at the DLL of a provider on the Windows whose folder is
// root. architecture is that of Windows, "" when it does not matter. The error
// says why the DLL, which is there, cannot be read.
func CheckRegistered(files Files, p ExternalProvider, root, architecture string) ([]Trouble, error) {
	l, out, err := registeredLibrary(files, p, root)
	if l == nil || err != nil {
		return out, err
	}
	return append(out, CheckLibrary(l, p.Function, architecture)...), nil
}

// registeredLibrary reads the DLL of a provider. It is nil where there is none
// that Sysprep could load; the troubles say why.
func registeredLibrary(files Files, p ExternalProvider, root string) (*Library, []Trouble, error) {
	if _, _, err := ParseProvider(p.Launch()); err != nil {
		return nil, []Trouble{{"value", diag.Error, err.Error() + ": " + p.Launch(), "Repair the software that registered the provider, or unregister it."}}, nil
	}
	out := CheckLibraryPath(p.Library, root)
	if len(out) > 0 && out[0].Severity == diag.Error {
		return nil, out, nil
	}
	path := p.Library
	if !strings.ContainsAny(path, `\/`) {
		path = root + `\System32\` + path
	}
	text, err := readWhole(files, path, maxLibrary)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, append(out, Trouble{"file", diag.Error, "there is no file " + source.OneLine(path),
			"Repair the software that registered the provider, or unregister it."}), nil
	}
	if err != nil {
		return nil, out, err
	}
	l, err := ReadLibrary(bytes.NewReader(text))
	if err != nil {
		return nil, append(out, NoLibrary(err)), nil
	}
	return l, out, nil
}
