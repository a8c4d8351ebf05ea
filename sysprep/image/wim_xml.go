package image

import (
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"
)

// wimDocument is the metadata as far as it is read.
type wimDocument struct {
	XMLName xml.Name
	Images  []struct {
		Index       string `xml:"INDEX,attr"`
		Name        string `xml:"NAME"`
		Description string `xml:"DESCRIPTION"`
		DisplayName string `xml:"DISPLAYNAME"`
		Flags       string `xml:"FLAGS"`
		Bytes       string `xml:"TOTALBYTES"`
		Windows     struct {
			Arch             string   `xml:"ARCH"`
			Edition          string   `xml:"EDITIONID"`
			InstallationType string   `xml:"INSTALLATIONTYPE"`
			Languages        []string `xml:"LANGUAGES>LANGUAGE"`
			Default          string   `xml:"LANGUAGES>DEFAULT"`
			Major            string   `xml:"VERSION>MAJOR"`
			Minor            string   `xml:"VERSION>MINOR"`
			Build            string   `xml:"VERSION>BUILD"`
			ServiceBuild     string   `xml:"VERSION>SPBUILD"`
		} `xml:"WINDOWS"`
	} `xml:"IMAGE"`
}

// images reads the metadata: XML in UTF-16 with a byte order mark.
func (w *wimReader) images(raw []byte) ([]WIMImage, error) {
	if !bytes.HasPrefix(raw, []byte{0xff, 0xfe}) || len(raw)%2 != 0 {
		return nil, w.damaged("its metadata is no UTF-16 text")
	}
	d := xml.NewDecoder(strings.NewReader(decodeUTF16(raw[2:])))
	d.CharsetReader = func(_ string, text io.Reader) (io.Reader, error) { return text, nil }
	var doc wimDocument
	if err := d.Decode(&doc); err != nil {
		return nil, w.damaged("its metadata is no XML: %v", err)
	}
	if doc.XMLName.Local != "WIM" {
		return nil, w.damaged("its metadata has the root %s instead of WIM", doc.XMLName.Local)
	}
	var out []WIMImage
	seen := map[int]bool{}
	for _, i := range doc.Images {
		index, err := strconv.Atoi(i.Index)
		if err != nil || index < 1 || seen[index] {
			return nil, w.damaged("the index %q of an image is no number from 1, or is there twice", i.Index)
		}
		seen[index] = true
		win := i.Windows
		out = append(out, WIMImage{
			Index: index, Name: i.Name, Description: i.Description, DisplayName: i.DisplayName, Flags: i.Flags, Bytes: number64(i.Bytes),
			Edition: win.Edition, InstallationType: win.InstallationType, Architecture: wimArchitecture(win.Arch),
			Languages: words(win.Languages), DefaultLanguage: win.Default,
			Major: number(win.Major), Minor: number(win.Minor), Build: number(win.Build), ServiceBuild: number(win.ServiceBuild),
		})
	}
	slices.SortFunc(out, func(a, b WIMImage) int { return a.Index - b.Index })
	return out, nil
}

// words are the texts that say something.
func words(texts []string) []string {
	var out []string
	for _, text := range texts {
		if text = strings.TrimSpace(text); text != "" {
			out = append(out, text)
		}
	}
	return out
}

// number is 0 for what is none: a field that cannot be read is one that the
// metadata lacks.
func number(text string) int {
	n, err := strconv.ParseUint(strings.TrimSpace(text), 10, 31)
	if err != nil {
		return 0
	}
	return int(n)
}

func number64(text string) uint64 {
	n, err := strconv.ParseUint(strings.TrimSpace(text), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// wimArchitecture translates the numbers of PROCESSOR_ARCHITECTURE.
func wimArchitecture(arch string) string {
	return map[string]string{"0": "x86", "5": "arm", "6": "ia64", "9": "amd64", "12": "arm64"}[strings.TrimSpace(arch)]
}
