package xmldoc

import (
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/reseal/reseal/schema/answer"
)

// sample is an answer file of some 220 lines, as Windows System Image Manager
// lays them out.
func sample() []byte {
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<unattend xmlns=\"urn:schemas-microsoft-com:unattend\">\r\n")
	for _, pass := range []string{"windowsPE", "specialize", "oobeSystem"} {
		b.WriteString("    <settings pass=\"" + pass + "\">\r\n")
		for _, name := range []string{"Microsoft-Windows-Shell-Setup", "Microsoft-Windows-Deployment"} {
			b.WriteString("        <component name=\"" + name + "\" processorArchitecture=\"amd64\" publicKeyToken=\"31bf3856ad364e35\" language=\"neutral\" versionScope=\"nonSxS\" xmlns:wcm=\"http://schemas.microsoft.com/WMIConfig/2002/State\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\r\n")
			b.WriteString("            <RunSynchronous>\r\n")
			for i := range 6 {
				b.WriteString("                <RunSynchronousCommand wcm:action=\"add\">\r\n                    <Order>" + strconv.Itoa(i+1) + "</Order>\r\n")
				b.WriteString("                    <!-- step " + strconv.Itoa(i) + " -->\r\n                    <Path>cmd /c echo &quot;step&quot; &gt; C:\\log.txt</Path>\r\n                </RunSynchronousCommand>\r\n")
			}
			b.WriteString("            </RunSynchronous>\r\n        </component>\r\n")
		}
		b.WriteString("    </settings>\r\n")
	}
	b.WriteString("    <cpi:offlineImage cpi:source=\"wim:install.wim#Windows\" xmlns:cpi=\"urn:schemas-microsoft-com:cpi\" />\r\n</unattend>\r\n")
	return []byte(b.String())
}

func BenchmarkRead(b *testing.B) {
	data := sample()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, diags := Read("a.xml", data); len(diags.All) > 0 {
			b.Fatal(diags.All[0].Message)
		}
	}
	b.ReportMetric(float64(bytes.Count(data, []byte("\n"))), "lines")
}

// BenchmarkEncodingXML reads the same bytes as tokens, without positions and
// without a tree.
func BenchmarkEncodingXML(b *testing.B) {
	data := sample()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		d := xml.NewDecoder(bytes.NewReader(data))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	a, _ := Read("a.xml", sample())
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Write(a); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCanonical(b *testing.B) {
	a, _ := Read("a.xml", sample())
	b.ReportAllocs()
	for b.Loop() {
		answer.Canonical(a)
	}
}
