package answer

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// Hidden is the form in which Windows hides a password whose PlainText is
// false: Base64 of the UTF-16LE text of the value with the name of the element
// behind it that holds Value and PlainText, such as "AdministratorPassword".
// It hides from a glance and protects from nobody.
func Hidden(value, element string) string {
	units := utf16.Encode([]rune(value + element))
	raw := make([]byte, 0, 2*len(units))
	for _, u := range units {
		raw = binary.LittleEndian.AppendUint16(raw, u)
	}
	return base64.StdEncoding.EncodeToString(raw)
}

// Reveal undoes Hidden; ok is false when the text is not the hidden form for
// that element. The name is compared without regard to case.
func Reveal(hidden, element string) (value string, ok bool) {
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(hidden))
	if err != nil || len(raw)%2 != 0 {
		return "", false
	}
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(raw[2*i:])
	}
	text := string(utf16.Decode(units))
	at := len(text) - len(element)
	if at < 0 || !strings.EqualFold(text[at:], element) {
		return "", false
	}
	return text[:at], true
}

// Written is the value as it stands in the XML: Text, in the hidden form when
// Hide asks for it. The placeholder of a secret that has not been read is never
// hidden: people are to see it, and it is no password.
func (s *Setting) Written() string {
	if s.Hide == "" || s.Secret != nil && s.Text == s.Secret.Placeholder() {
		return s.Text
	}
	return Hidden(s.Text, s.Hide)
}
