package xmldoc

import (
	"strings"
	"testing"

	"github.com/reseal/reseal/internal/diag"
	"github.com/reseal/reseal/schema/answer"
)

// TestCutOffSamplesAreNeverWhole cuts each sample at every byte in front of
// its root's end tag.
func TestCutOffSamplesAreNeverWhole(t *testing.T) {
	for name, data := range samples(t, "well-formed") {
		root := strings.LastIndex(string(data), "</")
		for n := range root {
			a, diags := Read(name, data[:n])
			if !diags.Has(diag.Error) {
				t.Fatalf("%s: the first %d bytes have no error", name, n)
			}
			if a.Source == nil {
				t.Fatalf("%s: no source", name)
			}
			checkSpans(t, a)
		}
	}
}

// TestDamagedSamplesAreToldFromEncodingXML takes each markup character out of
// each sample, one at a time, and asks encoding/xml whether it matters.
func TestDamagedSamplesAreToldFromEncodingXML(t *testing.T) {
	for name, data := range samples(t, "well-formed") {
		for i, c := range data {
			if !strings.ContainsRune(`<>/="'&;![]?-: `, rune(c)) {
				continue
			}
			damaged := string(data[:i]) + string(data[i+1:])
			p, _ := parsed([]byte(damaged))
			_, err := byStandard([]byte(damaged))
			if err != nil && len(p.diags.All) == 0 {
				t.Errorf("%s without byte %d is accepted; encoding/xml says: %v", name, i, err)
			}
			if message := acceptedByStandard(p.diags); err == nil && message != "" {
				t.Errorf("%s without byte %d: encoding/xml accepts it, we say: %s", name, i, message)
			}
		}
	}
}

// TestOneMistakeGivesOneError doubles or removes single characters in a small
// file: whoever makes one mistake wants one message, or two at most.
func TestOneMistakeGivesOneError(t *testing.T) {
	text := document("<OOBE>\n<HideEULAPage>true</HideEULAPage>\n</OOBE>\n<AutoLogon><Username a='1' b='2'>user</Username></AutoLogon>")
	from := strings.Index(text, "<OOBE>")
	for i := from; i < strings.Index(text, "\n</component>"); i++ {
		for _, damaged := range []string{text[:i] + text[i+1:], text[:i] + text[i:i+1] + text[i:]} {
			a, diags := Read("a.xml", []byte(damaged))
			if n := diags.Count(diag.Error); n > 2 {
				t.Errorf("%q: %d errors: %v", damaged[from:len(damaged)-len("</component></settings></unattend>")], n, messages(diags))
			}
			if len(a.Passes) != 1 || len(a.Passes[0].Components) != 1 {
				t.Errorf("%q: the envelope was lost: %v", damaged[from:], messages(diags))
			}
		}
	}
}

// TestWholeSamplesSurviveAnyOrder turns passes and components round before
// writing: the bytes stay the same.
func TestWholeSamplesSurviveAnyOrder(t *testing.T) {
	for name, data := range samples(t, "well-formed") {
		a, _ := Read(name, data)
		first := written(t, a)
		turned, _ := Read(name, data)
		if len(turned.Extra) > 0 || len(turned.Passes) < 2 {
			continue // comments and foreign elements go along with their neighbour
		}
		for i, j := 0, len(turned.Passes)-1; i < j; i, j = i+1, j-1 {
			turned.Passes[i], turned.Passes[j] = turned.Passes[j], turned.Passes[i]
		}
		if got := written(t, turned); got != first {
			t.Errorf("%s: other bytes in another order", name)
		}
		if diff := answer.Equal(a, turned); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
