package compiler

import "testing"

func TestWordsThatOtherReadersTakeForTruthValues(t *testing.T) {
	for _, text := range []string{"yes", "No", "ON", "off", "y", "N", "true", "False", "NULL", "null"} {
		if !yamlWord(text) {
			t.Errorf("%q is not recognised", text)
		}
	}
	for _, text := range []string{"", "yEs", "nO", "tRUE", "none", "~", "0", "Norway"} {
		if yamlWord(text) {
			t.Errorf("%q is recognised", text)
		}
	}
}

func TestNumbersThatOtherReadersWriteInAnotherWay(t *testing.T) {
	for _, text := range []string{
		"00000407", "0123", "-07", "+5", "1e3", "1E3", "1.10", "1.", ".5", "-.5", "1_000", "0x27", "0xFF_00", "0o17", "0b101",
		"12:30", "1:02:03", "190:20:30.15", "123456789012345678901234567890",
	} {
		if !numberChanges(text) {
			t.Errorf("%q is not recognised", text)
		}
	}
	for _, text := range []string{
		"", "0", "7", "-7", "123", "1.5", "-1.5", "10.0.19041", "192.0.2.1", "0409:00000409x", "a1", "0x", "0b2", "1:99", "12:300", "--5", "+-5",
		"_1", "e3", "1e", "-", ".", "12345-67890", "2024-10-01", "W-7", "::1", "fe80::1", "deadbeef", "1d2",
	} {
		if numberChanges(text) {
			t.Errorf("%q is recognised", text)
		}
	}
}

func TestOffsetsBehindAnEscape(t *testing.T) {
	const text = "a $${vars.x} b $${vars.y} c"
	plain := unescape(text)
	if plain != "a ${vars.x} b ${vars.y} c" {
		t.Fatalf("unescaped to %q", plain)
	}
	for i, r := range []byte(plain) {
		if at := escapedOffset(text, i); r != text[at] {
			t.Errorf("byte %d (%q) is looked for at %d (%q)", i, r, at, text[at])
		}
	}
}
