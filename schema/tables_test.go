package schema

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestEditions(t *testing.T) {
	for i := range Editions() {
		e := &Editions()[i]
		if FindEdition(strings.ToLower(e.ID)) != e {
			t.Errorf("%s is not found", e.ID)
		}
		for _, name := range e.ImageNames {
			if EditionOfImage(strings.ToUpper(name)) != e {
				t.Errorf("image %s leads elsewhere", name)
			}
		}
		if len(e.ImageNames) == 0 && !e.Doubt {
			t.Errorf("%s has no image name and no doubt", e.ID)
		}
	}
	if e := EditionOfImage("Windows 11 Pro"); e == nil || e.ID != "Professional" || e.SKU != 48 {
		t.Errorf("Windows 11 Pro: %+v", e)
	}
	if FindEdition("Pro") != nil || EditionOfImage("") != nil {
		t.Error("finds what is not there")
	}
}

// keyPattern has the characters of product keys: no vowels, and none that are
// easily taken for another.
var keyPattern = regexp.MustCompile(`^[BCDFGHJKMNPQRTVWXY2346789]{5}(-[BCDFGHJKMNPQRTVWXY2346789]{5}){4}$`)

func TestKeysArePublishedKeysOfKnownEditions(t *testing.T) {
	kinds := map[KeyKind]int{}
	for i := range keys {
		k := &keys[i]
		kinds[k.Kind]++
		if !keyPattern.MatchString(k.Key) {
			t.Errorf("%s has a wrong form", k.Key)
		}
		if FindEdition(k.Edition) == nil {
			t.Errorf("%s: no edition %s", k.Key, k.Edition)
		}
		if FindKey(k.Key) != k || FindKey(strings.ToLower(k.Key)) != k {
			t.Errorf("%s is not found", k.Key)
		}
	}
	if kinds[KMSKey] != 40 || kinds[DefaultKey] != 15 {
		t.Errorf("%d KMS keys and %d default keys", kinds[KMSKey], kinds[DefaultKey])
	}
	for _, none := range []string{"", "AAAAA", "00000-00000-00000-00000-00000", "22222-22222-22222-22222-22222"} {
		if FindKey(none) != nil {
			t.Errorf("%q is found", none)
		}
	}
}

func TestTimeZones(t *testing.T) {
	if len(TimeZones()) != 139 {
		t.Errorf("%d zones", len(TimeZones()))
	}
	for i := range TimeZones() {
		z := &TimeZones()[i]
		if FindTimeZone(strings.ToLower(z.ID)) != z || FindTimeZone(z.ID+"_dstoff") != z {
			t.Errorf("%s is not found", z.ID)
		}
		if TimeZoneOfIANA(z.IANA) != z {
			t.Errorf("%s does not lead back to %s", z.IANA, z.ID)
		}
	}
	for i := range ianaZones {
		if i > 0 && compareFold(ianaZones[i-1].name, ianaZones[i].name) >= 0 {
			t.Errorf("%s stands before %s", ianaZones[i-1].name, ianaZones[i].name)
		}
	}
	for _, tc := range []struct{ iana, want string }{
		{"Europe/Berlin", "W. Europe Standard Time"}, {"europe/oslo", "W. Europe Standard Time"}, {"Asia/Kolkata", "India Standard Time"},
		{"Asia/Calcutta", "India Standard Time"}, {"Europe/Kyiv", "FLE Standard Time"}, {"US/Eastern", "Eastern Standard Time"},
		{"UTC", "UTC"}, {"Etc/UTC", "UTC"}, {"America/Argentina/Buenos_Aires", "Argentina Standard Time"}, {"America/Nuuk", "Greenland Standard Time"},
		{"Pacific/Chuuk", "West Pacific Standard Time"}, {"Berlin", ""}, {"", ""},
	} {
		got := ""
		if z := TimeZoneOfIANA(tc.iana); z != nil {
			got = z.ID
		}
		if got != tc.want {
			t.Errorf("%s is %q, want %q", tc.iana, got, tc.want)
		}
	}
	if FindTimeZone("Europe/Berlin") != nil || FindTimeZone("") != nil {
		t.Error("FindTimeZone takes what Windows does not")
	}
}

func TestNearestTimeZones(t *testing.T) {
	for _, tc := range []struct{ word, want string }{
		{"Europe/Berlin", "W. Europe Standard Time"}, {"W Europe Standard Time", "W. Europe Standard Time"}, {"Eastern Standart Time", "Eastern Standard Time"},
		{"(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "India Standard Time"}, {"New Delhi", "India Standard Time"}, {"Middle Earth", ""},
		{"Europe Standard Time", "Central Europe Standard Time, E. Europe Standard Time, W. Europe Standard Time"},
		{"pacific sa standard time", "Pacific SA Standard Time"}, {"European Standard Time", "Central European Standard Time"},
		{"Standard Time", ""}, {"Time", ""}, {"", ""},
	} {
		if got := strings.Join(NearestTimeZones(tc.word), ", "); got != tc.want {
			t.Errorf("NearestTimeZones(%q) = %q, want %q", tc.word, got, tc.want)
		}
	}
}

func TestLocales(t *testing.T) {
	setups := 0
	for i := range Locales() {
		l := &Locales()[i]
		if FindLocale(strings.ToUpper(l.Tag)) != l {
			t.Errorf("%s is not found", l.Tag)
		}
		if l.Setup {
			setups++
		}
		if l.LCID != "" && (len(l.LCID) != 4 || !hexDigits(l.LCID)) {
			t.Errorf("%s: LCID %q", l.Tag, l.LCID)
		}
		for _, profile := range l.Input {
			p, ok := ParseInputProfile(profile)
			if !ok || FindKeyboard(p.Keyboard) == nil && p.Tag == "" {
				t.Errorf("%s: input profile %s has no layout in the table", l.Tag, profile)
			}
		}
		if l.Keyboard != "" && FindKeyboard(l.Keyboard) == nil {
			t.Errorf("%s: no keyboard %s", l.Tag, l.Keyboard)
		}
	}
	if len(Locales()) != 873 || setups != 38 {
		t.Errorf("%d locales, %d languages of Setup", len(Locales()), setups)
	}
	if l := LocaleOfLCID("0407"); l == nil || l.Tag != "de-DE" {
		t.Errorf("0407 is %+v", l)
	}
	if l := LocaleOfLCID("0007"); l == nil || l.Tag != "de" {
		t.Errorf("0007 is %+v", l)
	}
	if LocaleOfLCID("ffff") != nil || LocaleOfLCID("") != nil {
		t.Error("finds what is not there")
	}
	for word, want := range map[string]string{"de_DE": "de-DE", "en-USA": "en-US", "Klingon": ""} {
		if got := NearestLocale(word); got != want {
			t.Errorf("NearestLocale(%s) = %q, want %q", word, got, want)
		}
	}
}

func TestKeyboards(t *testing.T) {
	methods := 0
	for i := range Keyboards() {
		k := &Keyboards()[i]
		if FindKeyboard(strings.ToUpper(k.ID)) != k {
			t.Errorf("%s is not found", k.ID)
		}
		profile := "0409:" + k.ID
		if k.Method() {
			methods++
			profile = k.ID
		}
		if p, ok := ParseInputProfile(profile); !ok || FindKeyboard(p.Keyboard) != k {
			t.Errorf("%s is read as %+v", profile, p)
		}
	}
	if len(Keyboards()) != 247 || methods != 29 {
		t.Errorf("%d layouts, %d of them methods", len(Keyboards()), methods)
	}
}

func TestParseInputProfile(t *testing.T) {
	for _, s := range []string{"en-US", "de", "sr-Latn-RS", "0407:00000407", "0411:{03b5835f-f03c-411b-9ce2-aa23e1171e36}{A76C93D9-5523-4E90-AAFA-4DB112F9AC76}"} {
		if _, ok := ParseInputProfile(s); !ok {
			t.Errorf("refuses %s", s)
		}
	}
	for _, s := range []string{"", "-", "en-", "e", "0407", "0407:", "407:00000407", "0407:0000407", "0407:0000040g", "en-US,de-DE", "en US", "0411:{03b5835f}{a76c93d9}", "deutschland1", "en_US"} {
		if p, ok := ParseInputProfile(s); ok {
			t.Errorf("takes %q as %+v", s, p)
		}
	}
}

func FuzzParseInputProfile(f *testing.F) {
	for _, seed := range []string{"en-US", "0407:00000407", ":", "0411:{}{}", "\xff:\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, ok := ParseInputProfile(s)
		if !ok {
			return
		}
		if joined := p.Tag + p.LCID + ":" + p.Keyboard; p.Tag != s && p.Keyboard != s && joined != s {
			t.Fatalf("%q is read as %+v", s, p)
		}
	})
}

func TestRoles(t *testing.T) {
	if len(Roles()) != 21 {
		t.Errorf("%d roles", len(Roles()))
	}
	for _, tc := range []struct {
		role, release string
		want          Support
		stated        bool
	}{
		{"Web Server (IIS)", "server-2012", Supported, true},
		{"windows deployment services", "server-2008r2", Unsupported, true},
		{"Windows Deployment Services", "server-2012", Supported, true},
		{"DHCP Server", "server-2025", Unsupported, false},
		{"Hyper-V", "", Supported, false},
		{"DNS Server", "server-2012r2", NotListed, false},
	} {
		got, stated := FindRole(tc.role).For(FindRelease(tc.release))
		if got != tc.want || stated != tc.stated {
			t.Errorf("%s on %q: %d %v", tc.role, tc.release, got, stated)
		}
	}
	for word, want := range map[string]string{
		"AD-Domain-Services": "AD Domain Services", "ad-certificate": "AD Certificate Services", "ADCS-Cert-Authority": "AD Certificate Services",
		"DHCP": "DHCP Server", "Web-Server": "Web Server (IIS)", "UpdateServices": "WSUS", "NPAS": "Network Policy and Access Services",
		"Active Directory Lightweight Directory Services": "AD Lightweight Directory Services",
	} {
		if r := FindRole(word); r == nil || r.Name != want {
			t.Errorf("%s is taken for %+v", word, r)
		}
	}
	for i := range Roles() {
		r := &Roles()[i]
		for _, name := range append([]string{r.Name}, r.Features...) {
			if FindRole(name) != r || !slices.Contains(RoleNames(), name) {
				t.Errorf("%s does not lead to %s", name, r.Name)
			}
		}
	}
	old := &Release{Build: 6002, Server: true}
	if got, stated := FindRole("DHCP Server").For(old); got != Supported || !stated {
		t.Errorf("DHCP on Windows Server 2008: %d %v", got, stated)
	}
	if FindRole("") != nil {
		t.Error("a role without a name")
	}
	if r := FindRole("AD Domain Services"); !slices.Contains(r.Services, "NTDS") {
		t.Errorf("services of a domain controller: %v", r.Services)
	}
}
