package answer

import (
	"strings"
	"testing"
)

func TestNamesThatSoundSecret(t *testing.T) {
	for _, word := range secretWords {
		for _, name := range []string{word, strings.ToUpper(word), "My" + strings.ToUpper(word[:1]) + word[1:] + "2", "pass" + word, "ñ" + word} {
			if !SoundsSecret(name) {
				t.Errorf("%s does not", name)
			}
		}
		if SoundsSecret(word[:len(word)-1]) {
			t.Errorf("a part of %s does", word)
		}
	}
	for _, name := range []string{"", "p", "w", "SkipMachineOOBE", "ProtectYourPC", "PasswOrd-less"[:5], "publicKeyToken", "processorArchitecture"} {
		if SoundsSecret(name) {
			t.Errorf("%s does", name)
		}
	}
}
