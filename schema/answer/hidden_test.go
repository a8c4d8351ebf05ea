package answer

import "testing"

func TestHiddenIsBase64OfUTF16WithTheElementName(t *testing.T) {
	cases := []struct{ value, element, want string }{
		{"", "Password", "UABhAHMAcwB3AG8AcgBkAA=="},
		{"a", "Password", "YQBQAGEAcwBzAHcAbwByAGQA"},
		{"ä€", "AdministratorPassword", "5ACsIEEAZABtAGkAbgBpAHMAdAByAGEAdABvAHIAUABhAHMAcwB3AG8AcgBkAA=="},
		{"𝄞", "Password", "NNge3VAAYQBzAHMAdwBvAHIAZAA="},
	}
	for _, c := range cases {
		got := Hidden(c.value, c.element)
		if got != c.want {
			t.Errorf("Hidden(%q, %q) = %s, want %s", c.value, c.element, got, c.want)
		}
		if back, ok := Reveal(got, c.element); !ok || back != c.value {
			t.Errorf("Reveal(%s) = %q, %v", got, back, ok)
		}
		s := Setting{Text: c.value, Hide: c.element}
		if s.Written() != c.want {
			t.Errorf("Written() = %s, want %s", s.Written(), c.want)
		}
	}
	secret := &Secret{Kind: "env", Name: "PW"}
	for text, want := range map[string]string{secret.Placeholder(): secret.Placeholder(), "a": cases[1].want} {
		if s := (&Setting{Text: text, Hide: "Password", Secret: secret}); s.Written() != want {
			t.Errorf("Written() of a secret = %s, want %s", s.Written(), want)
		}
	}
	if s := (&Setting{Text: "plain"}); s.Written() != "plain" {
		t.Errorf("Written() = %s, want the text as it is", s.Written())
	}
}

func TestRevealRefusesWhatIsNotHidden(t *testing.T) {
	for _, text := range []string{"plain", "", "YQ==", "YQBQAGEAcwBzAA==", "###"} {
		if value, ok := Reveal(text, "Password"); ok {
			t.Errorf("Reveal(%q) = %q, want a refusal", text, value)
		}
	}
	if value, ok := Reveal("YQBwAGEAcwBzAHcAbwByAGQA", "Password"); !ok || value != "a" {
		t.Errorf("the element's case must not matter: %q, %v", value, ok)
	}
}
