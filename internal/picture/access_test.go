package picture

import (
	"bytes"
	"encoding/xml"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// A page is read aloud and used by keyboard as well: it names its language,
// its headings leave out no level, every table has heads, each row its own, and
// what scrolls can be reached.
func TestThePageServesReadersWithoutEyesOrMouse(t *testing.T) {
	d := xml.NewDecoder(bytes.NewReader(draw(t, HTML, record(), options())))
	var open []string
	level, heads, rows := 0, 0, 0
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			open = append(open, x.Name.Local)
			has := map[string]string{}
			for _, a := range x.Attr {
				has[a.Name.Local] = a.Value
			}
			switch x.Name.Local {
			case "html":
				if has["lang"] == "" {
					t.Error("the page names no language")
				}
			case "h1", "h2", "h3":
				n := int(x.Name.Local[1] - '0')
				if n > level+1 {
					t.Errorf("%s behind a heading of level %d", x.Name.Local, level)
				}
				level = n
			case "tr":
				rows, heads = rows+1, 0
			case "th":
				heads++
				if has["scope"] != "row" && has["scope"] != "col" {
					t.Error("a head of a table is none of a row or column")
				}
			case "div":
				if has["class"] == "scroll" && (has["tabindex"] != "0" || has["role"] == "" || has["aria-labelledby"] == "") {
					t.Error("what scrolls cannot be reached by keyboard, or has no name")
				}
			}
		case xml.EndElement:
			if x.Name.Local == "tr" && heads == 0 {
				t.Error("a row of a table has no head")
			}
			open = open[:len(open)-1]
		}
	}
	if rows < 8 || len(open) != 0 {
		t.Errorf("%d rows were seen", rows)
	}
}

var colour = regexp.MustCompile(`--(\w+): (#[0-9a-f]{6})`)

// Text stands out from what is behind it by at least 4.5 to 1, as WCAG 2 asks,
// in light and in dark.
func TestTextStandsOutFromItsBackground(t *testing.T) {
	_, style, _ := strings.Cut(pageText, ":root {")
	light, dark, ok := strings.Cut(style, ":root {")
	if !ok {
		t.Fatal("there are no two sets of colours")
	}
	for name, text := range map[string]string{"light": light, "dark": dark} {
		text, _, _ = strings.Cut(text, "}")
		set := map[string]string{}
		for _, m := range colour.FindAllStringSubmatch(text, -1) {
			set[m[1]] = m[2]
		}
		for _, pair := range [][2]string{
			{"text", "back"}, {"faint", "back"}, {"link", "back"}, {"good", "back"}, {"warn", "back"}, {"bad", "back"},
			{"text", "sheet"}, {"faint", "sheet"}, {"link", "sheet"}, {"text", "chip"}, {"text", "hit"}, {"link", "hit"},
		} {
			if c := contrast(set[pair[0]], set[pair[1]]); c < 4.5 {
				t.Errorf("%s: %s on %s has %.2f", name, pair[0], pair[1], c)
			}
		}
	}
}

// contrast is the ratio of WCAG 2 between two colours such as "#1b1f24".
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(text string) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(text[1+2*i:3+2*i], 16, 8)
		if err != nil {
			return math.NaN()
		}
		v := float64(n) / 255
		if v <= 0.03928 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}
