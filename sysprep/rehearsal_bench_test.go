package sysprep

import "testing"

func BenchmarkRehearsal(b *testing.B) {
	f := answerFile(b, generalizeOOBE, goldenLines...)
	r := Rehearsal{Answer: f, Start: testStart}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.Run(); err != nil {
			b.Fatal(err)
		}
	}
}
