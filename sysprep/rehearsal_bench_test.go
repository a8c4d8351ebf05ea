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

// Each restart deals the settings of a pass out anew; the time must grow with
// their number, not with its square.
func BenchmarkManyRestarts(b *testing.B) {
	var lines []string
	for n := range 2000 {
		lines = append(lines, command("specialize", n+1, "cmd /c ver", "Always")...)
	}
	r := Rehearsal{Answer: answerFile(b, generalizeOOBE, lines...), Start: testStart}
	for b.Loop() {
		if out, err := r.Run(); err != nil || len(out.Record.Boots) != maxBoots {
			b.Fatal(err)
		}
	}
}
