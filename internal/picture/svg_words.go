package picture

import (
	"strings"

	"github.com/reseal/reseal/sysprep"
)

// story tells the picture in words, for who does not see it.
func story(r *sysprep.Record) string {
	parts := []string{r.VerdictLine()}
	for _, b := range r.Boots {
		var says []string
		for _, run := range b.Passes {
			if run.Runs() {
				says = append(says, run.Title()+": "+run.Summary())
			}
		}
		if b.Logon != nil {
			says = append(says, "logon: "+b.Logon.Words())
		}
		if b.Ends != "" {
			says = append(says, "ends: "+b.Ends)
		}
		if len(says) == 0 {
			says = append(says, "no pass")
		}
		parts = append(parts, "Boot "+b.Title()+": "+strings.Join(says, "; ")+".")
	}
	return strings.Join(parts, " ")
}

// notes writes what the table does not show by itself below it.
func (d *drawing) notes(r *sysprep.Record, width int) {
	for _, n := range r.TellingNotes() {
		d.y += 4
		for _, line := range wrap(clean(n)+".", width*10/letter10) {
			d.text(margin, "f", line)
		}
	}
}

// wrap breaks a text between words into lines of at most so many letters; a
// longer word is clipped.
func wrap(text string, letters int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case textWidth(line)+1+textWidth(word) > letters:
			lines, line = append(lines, clip(line, letters)), word
		default:
			line += " " + word
		}
	}
	return append(lines, clip(line, letters))
}

func textWidth(text string) int {
	sum := 0
	for _, r := range text {
		sum += width(r)
	}
	return sum
}
