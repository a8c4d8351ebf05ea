package schema

import (
	"encoding/base64"
	"net/netip"
	"strconv"
	"strings"
)

// formed tells whether the value has the form of its type. Strings have none;
// paths and addresses of the web are taken unless they cannot be one.
func (s *Setting) formed(value string) bool {
	switch s.Type {
	case Hex:
		return hexForm(value)
	case GUID:
		return IsGUID(value)
	case IP:
		return ipForm(value, s.IPPrefix)
	case Path:
		return !strings.ContainsAny(value, "<>|\x00\t\r\n")
	case URL:
		return !strings.ContainsAny(value, "<>\" \t\r\n")
	case Base64:
		return base64Form(value)
	}
	return true
}

// wanted says what a value of the type has to be.
func (s *Setting) wanted() string {
	switch s.Type {
	case Boolean:
		return "must be true or false"
	case Enum:
		return "must be " + AnyOf(s.Values)
	case Integer:
		return "must be a whole number"
	case Unsigned:
		return "must be a whole number without a sign"
	case Hex:
		return "must be a hexadecimal number"
	case GUID:
		return "must be a GUID such as {01234567-89ab-cdef-0123-456789abcdef}"
	case IP:
		if s.IPPrefix {
			return "must be an IP address, with or without the length of its prefix, such as 192.0.2.10/24"
		}
		return "must be one IP address such as 192.0.2.10 or 2001:db8::1"
	case Path:
		return "must be a path without < > | and line breaks"
	case URL:
		return `must be an address without blanks, quotation marks and < >`
	case Base64:
		return "must be text in Base64"
	}
	return "must be text"
}

// hexForm takes digits with or without 0x, and groups of them with blanks or
// commas between.
func hexForm(value string) bool {
	groups := strings.FieldsFunc(value, func(r rune) bool { return r == ' ' || r == ',' })
	for _, group := range groups {
		if len(group) > 2 && group[0] == '0' && lower(group[1]) == 'x' {
			group = group[2:]
		}
		if !hexDigits(group) {
			return false
		}
	}
	return len(groups) > 0
}

func ipForm(value string, prefix bool) bool {
	address, length, found := strings.Cut(value, "/")
	ip, err := netip.ParseAddr(address)
	if err != nil || found && !prefix {
		return false
	}
	if !found {
		return true
	}
	n, err := strconv.Atoi(length)
	return err == nil && digits(length) && n <= ip.BitLen()
}

// base64Form takes Base64 with or without padding; Windows SIM breaks long
// values over lines.
func base64Form(value string) bool {
	text := strings.TrimRight(strings.Join(strings.Fields(value), ""), "=")
	_, err := base64.RawStdEncoding.DecodeString(text)
	return err == nil
}
