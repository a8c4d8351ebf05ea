package sysprep

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// keyPackages lists Store packages: one key for each user that has some, and
// some keys for all users.
// Source: seen in registries of Windows installations.
const keyPackages = `SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore`

// maxManifest bounds what is read of a package's manifest.
const maxManifest = 4 << 20

// packageName is the full name of a package in its five parts.
// Source: learn.microsoft.com/windows/apps/desktop/modernize/package-identity-overview.
type packageName struct{ name, version, architecture, resource, publisher string }

func splitPackage(full string) (packageName, bool) {
	parts := strings.Split(full, "_")
	if len(parts) != 5 {
		return packageName{}, false
	}
	return packageName{parts[0], parts[1], parts[2], parts[3], parts[4]}, true
}

// isResource tells languages and scales of an app from the app: they name
// their resource, and a bundle has a tilde there.
func (p packageName) isResource() bool {
	return p.resource != "" && p.resource != "~" && !strings.EqualFold(p.resource, "neutral")
}

// systemPublisher is the hash of the publisher that signs the parts of Windows
// itself.
const systemPublisher = "cw5n1h2txyewy"

func (p packageName) sameFamily(q packageName) bool {
	return strings.EqualFold(p.name, q.name) && strings.EqualFold(p.publisher, q.publisher)
}

// sameForm: versions of a bundle and of the package in it are not comparable.
func (p packageName) sameForm(q packageName) bool {
	return strings.EqualFold(p.architecture, q.architecture) && strings.EqualFold(p.resource, q.resource)
}

// packages reads the apps that users have and whether all users get them. An
// app that would stop the run counts only when its manifest shows that it is
// an app and no framework; one without a readable manifest leaves the whole
// open, unless another one stops the run for certain.
func (l *liveReader) packages() Fact[[]Package] {
	keys := read(l, func() ([]string, error) { return l.w.SubKeys(keyPackages) })
	provisioned := read(l, func() ([]string, error) { return l.w.SubKeys(keyPackages + `\Applications`) })
	inbox := read(l, func() ([]string, error) { return l.w.SubKeys(keyPackages + `\InboxApplications`) })
	if !keys.Known() || !provisioned.Known() || !inbox.Known() {
		return Fact[[]Package]{}
	}
	users, complete := l.packagesOfUsers(keys.Value)
	names := make([]string, 0, len(users))
	for name := range users {
		names = append(names, name)
	}
	slices.Sort(names)
	var out []Package
	stops := false
	for _, full := range names {
		p, ok := userPackage(full, users[full], provisioned.Value)
		if !ok || slices.Contains(inbox.Value, full) {
			continue
		}
		if p.perUser() {
			if p.Kind = l.packageKind(full); p.Kind == "" {
				complete = false
				continue
			}
			stops = stops || p.Kind == "app"
		}
		out = append(out, p)
	}
	if !complete && !stops {
		return Fact[[]Package]{}
	}
	return GivenAs(out)
}

// packagesOfUsers maps full names to the accounts that have the package.
func (l *liveReader) packagesOfUsers(keys []string) (users map[string][]string, complete bool) {
	users, complete = map[string][]string{}, true
	for _, sid := range keys {
		if accountKind(sid) == "" {
			continue
		}
		names := read(l, func() ([]string, error) { return l.w.SubKeys(keyPackages + `\` + sid) })
		complete = complete && names.Known()
		account, _, err := l.w.Account(sid)
		if err != nil {
			account = sid
		}
		for _, full := range names.Value {
			users[full] = append(users[full], account)
		}
	}
	return users, complete
}

// userPackage compares a package of users with those that all users get. ok is
// false for what is no app by its name.
func userPackage(full string, users, provisioned []string) (p Package, ok bool) {
	name, ok := splitPackage(full)
	if !ok || name.isResource() {
		return Package{}, false
	}
	p = Package{Name: full, Users: users}
	for _, other := range provisioned {
		q, ok := splitPackage(other)
		if !ok || !q.sameFamily(name) {
			continue
		}
		p.Provisioned = true
		if q.sameForm(name) && (p.ProvisionedVersion == "" || newer(q.version, p.ProvisionedVersion)) {
			p.ProvisionedVersion = q.version
		}
	}
	return p, true
}

// packageKind reads the manifest of an installed package: one of PackageKinds,
// "" when there is none to be read.
func (l *liveReader) packageKind(full string) string {
	if l.root == "" {
		return ""
	}
	name, _ := splitPackage(full)
	if strings.EqualFold(name.publisher, systemPublisher) {
		return "system"
	}
	if found := read(l, l.exists(l.root+`\SystemApps\`+name.name+"_"+name.publisher)); found.Value {
		return "system"
	}
	folder := l.volume() + `\Program Files\WindowsApps\` + full
	if name.resource == "~" {
		if found := read(l, l.exists(folder+`\AppxMetadata\AppxBundleManifest.xml`)); found.Value {
			return "app" // only apps come in bundles that users have
		}
		return ""
	}
	text, err := readWhole(l.w, folder+`\AppxManifest.xml`, maxManifest)
	if err != nil {
		l.note(err)
		return ""
	}
	return manifestKind(text)
}

// manifestKind looks for the properties that make a package something else
// than an app.
func manifestKind(text []byte) string {
	d := xml.NewDecoder(bytes.NewReader(text))
	d.Strict = false
	var path []string
	for {
		token, err := d.Token()
		if err != nil {
			if errors.Is(err, io.EOF) && len(path) == 0 {
				return "app"
			}
			return ""
		}
		switch t := token.(type) {
		case xml.StartElement:
			path = append(path, t.Name.Local)
		case xml.EndElement:
			path = path[:max(0, len(path)-1)]
		case xml.CharData:
			if kind := propertyKind(path, t); kind != "" {
				return kind
			}
		}
	}
}

func propertyKind(path []string, value []byte) string {
	if len(path) != 3 || path[1] != "Properties" || strings.TrimSpace(string(value)) != "true" {
		return ""
	}
	switch path[2] {
	case "Framework":
		return "framework"
	case "ResourcePackage":
		return "resource"
	}
	return ""
}

// readWhole reads a file up to a limit in bytes.
func readWhole(files Files, path string, limit int64) ([]byte, error) {
	size, _, err := files.Stat(path)
	if err != nil {
		return nil, err
	}
	if size > limit {
		return nil, &fs.PathError{Op: "read", Path: path, Err: errors.New("it is larger than what is read of such a file")}
	}
	buf := make([]byte, size)
	n := 0
	for n < len(buf) {
		read, err := files.ReadAt(path, buf[n:], int64(n))
		if err != nil {
			return nil, err
		}
		if read == 0 {
			break
		}
		n += read
	}
	return buf[:n], nil
}
