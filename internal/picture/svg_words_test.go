package picture

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"
	"testing"
)

// A drawing with links is no flat image to a screen reader: it has a title, a
// description that tells of every boot, and links that show the focus.
func TestTheDrawingTellsItselfInWords(t *testing.T) {
	r := record()
	text := draw(t, SVG, r, options())
	var x struct {
		Role  string `xml:"role,attr"`
		Label string `xml:"aria-labelledby,attr"`
		About string `xml:"aria-describedby,attr"`
		Title struct {
			ID   string `xml:"id,attr"`
			Text string `xml:",chardata"`
		} `xml:"title"`
		Desc struct {
			ID   string `xml:"id,attr"`
			Text string `xml:",chardata"`
		} `xml:"desc"`
		Style string `xml:"style"`
	}
	if err := xml.NewDecoder(bytes.NewReader(text)).Decode(&x); err != nil {
		t.Fatal(err)
	}
	if x.Role == "img" || x.Label != x.Title.ID || x.About != x.Desc.ID || x.Title.Text == "" || !strings.Contains(x.Style, "a:focus") {
		t.Errorf("%+v", x)
	}
	want := []string{r.VerdictLine()}
	for _, b := range r.Boots {
		want = append(want, "Boot "+b.Title()+": ")
	}
	for _, w := range want {
		if !strings.Contains(x.Desc.Text, w) {
			t.Errorf("%q is missing in %q", w, x.Desc.Text)
		}
	}
}

func TestTheDrawingHasTheNotes(t *testing.T) {
	r := record()
	r.Notes = []string{"boots 2 to 3 repeat without end"}
	if text := draw(t, SVG, r, options()); !bytes.Contains(text, []byte(">boots 2 to 3 repeat without end.</text>")) {
		t.Errorf("the note is missing in\n%s", text)
	}
}

func TestNotesAreWrappedBetweenWords(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", []string{""}},
		{"one two", []string{"one two"}},
		{"one two three", []string{"one two", "three"}},
		{"abcdefghijklm no", []string{"abcdefg…", "no"}},
		{"\u6f22\u5b57 \u6f22\u5b57", []string{"\u6f22\u5b57", "\u6f22\u5b57"}},
	} {
		if got := wrap(c.text, 8); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
