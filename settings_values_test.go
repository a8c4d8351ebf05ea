package reseal_test

import (
	"slices"
	"strconv"
	"strings"

	"github.com/reseal/reseal"
)

// publishedKey is the key by which Microsoft lets Windows 10 Pro find a server
// of the Key Management Service.
const publishedKey = "W269N-WFGWX-YVC9B-4J6C9-T83GX"

// good is a value that the reference allows; for lists that tell their items
// apart by it the n-th, from 1.
func good(r *setting, n int) string {
	switch {
	case r.name() == "TimeZone":
		return "UTC" // the only values that the reference does not list are those of Windows' registry
	case isLanguage(r):
		return languages[n-1] // nor does it list those of Windows
	case r.number("minlength") == len(publishedKey):
		return publishedKey
	case r.has("list"):
		return r.words("list")[0]
	case r.has("bits"):
		return r.words("bits")[0]
	}
	switch r.typ {
	case "enum":
		return r.words("values")[n-1]
	case "boolean":
		return "true"
	case "integer", "unsigned":
		return strconv.Itoa(max(1, r.number("min")) + n - 1)
	case "guid":
		return "{01234567-89ab-cdef-0123-45678900000" + strconv.Itoa(n) + "}"
	case "ip":
		return "192.0.2." + strconv.Itoa(n)
	case "hex":
		return "1f"
	case "path":
		return `C:\Sample ` + strconv.Itoa(n)
	case "url":
		return "https://example.com/" + strconv.Itoa(n)
	case "base64":
		return "U2FtcGxl"
	}
	text := "Sample" + strconv.Itoa(n)
	if limit := r.number("maxlength"); limit > 0 {
		text = text[:min(len(text), limit)]
	}
	return text
}

// languages are tags of locales, which input locales take as well.
var languages = []string{"en-US", "de-DE"}

// isLanguage tells settings that choose a language, a locale or a keyboard.
func isLanguage(r *setting) bool {
	return strings.HasPrefix(r.component, "Microsoft-Windows-International-Core") &&
		(strings.Contains(r.name(), "Locale") || strings.Contains(r.name(), "UILanguage")) && r.typ == "string"
}

// variant is a value with a word on what is special in it.
type variant struct{ what, text string }

// allowedValues are values that keep within every limit, each as near to one as it
// can be.
func allowedValues(r *setting) []variant {
	var all []variant
	add := func(what, text string) { all = append(all, variant{what, text}) }
	for _, word := range r.words("values") {
		add("listed", word)
	}
	for _, word := range r.words("special") {
		add("allowed beside the limits", word)
	}
	for _, word := range r.words("known") {
		add("known", word)
	}
	if r.word("default") != "" {
		add("the default", r.word("default"))
	}
	if r.has("separator") {
		add("several values", severalValues(r))
	}
	if r.limits["empty"] == "yes" && r.number("minlength") == 0 {
		add("empty", "")
	}
	return append(all, allowedByType(r)...)
}

func severalValues(r *setting) string {
	parts := r.words("list")
	if isLanguage(r) {
		parts = languages
	}
	if parts == nil {
		parts = []string{"Sample1", "Sample2"}
	}
	return strings.Join(parts, r.word("separator"))
}

func allowedByType(r *setting) []variant {
	switch r.typ {
	case "boolean":
		return []variant{{"true", "true"}, {"false", "false"}}
	case "integer":
		return []variant{{"negative", "-1"}, {"zero", "0"}, {"a leading zero", "01"}}
	case "unsigned":
		return allowedNumbers(r)
	case "guid":
		return []variant{{"without braces", "01234567-89AB-CDEF-0123-456789ABCDEF"}}
	case "ip":
		if r.has("prefix") {
			return []variant{{"a prefix", "192.0.2.1/32"}, {"a prefix of IPv6", "2001:db8::1/128"}}
		}
		return append(allowedLengths(r), variant{"IPv6", "2001:db8::1"})
	case "hex":
		return []variant{{"with its mark", "0x1F"}}
	case "base64":
		return []variant{{"padded", "U2FtcGxlMQ=="}}
	case "path":
		return append(allowedLengths(r), variant{"a share", `\\server\share`}, variant{"a variable", `%ProgramFiles%\Sample`})
	case "string", "url":
		return allowedLengths(r)
	}
	return nil
}

func allowedNumbers(r *setting) []variant {
	var all []variant
	for _, limit := range []string{"min", "max"} {
		if r.has(limit) && !r.has("bits") {
			all = append(all, variant{"the " + limit + "imum", r.limits[limit]})
		}
	}
	if !r.has("min") && !r.isOrder() {
		all = append(all, variant{"zero", "0"})
	}
	if r.has("bits") {
		all = append(all, variant{"all flags", strconv.Itoa(mask(r))})
	}
	return all
}

// mask is the sum of all flags.
func mask(r *setting) int {
	sum := 0
	for _, word := range r.words("bits") {
		bit, _ := strconv.Atoi(word)
		sum += bit
	}
	return sum
}

// allowedLengths are the longest and the shortest text. Where characters are
// counted, they are of two bytes each.
func allowedLengths(r *setting) []variant {
	var all []variant
	if n := r.number("maxlength"); n > 0 && !ownForm(r) {
		all = append(all, variant{"the greatest length", filler(r, n)})
	}
	if n := r.number("minlength"); n > 0 && !ownForm(r) {
		all = append(all, variant{"the smallest length", filler(r, n)})
	}
	return all
}

// ownForm tells whether the text has a form that the reference describes in
// prose only: time zones and product keys.
func ownForm(r *setting) bool {
	return r.name() == "TimeZone" || r.number("minlength") == len(publishedKey)
}

// filler is a text of exactly n units: bytes in a name of the computer, else
// characters.
func filler(r *setting, n int) string {
	switch {
	case ofComputerName(r, "", "own") == "own": // a NetBIOS name, of bytes
		return strings.Repeat("x", n%2) + strings.Repeat("ä", n/2)
	case r.typ == "ip": // the name of a zone may have any length
		return "fe80::1%" + strings.Repeat("x", n-len("fe80::1%"))
	}
	return strings.Repeat("ä", n)
}

// broken is a value that breaks a limit, and the rule that must say so.
type broken struct {
	variant
	rule     string
	severity reseal.Severity
	atName   bool // the finding stands at the name, because there is no value
}

// brokenValues break the type of a value and each of its limits.
func brokenValues(r *setting) []broken {
	if !r.text() {
		return nil
	}
	all := append(brokenTypes(r), brokenNumbers(r)...)
	all = append(all, brokenLengths(r)...)
	if r.has("list") {
		all = append(all, broken{variant{"a part that is not listed", r.words("list")[0] + r.word("separator") + "Elsewhere"}, "value-not-listed", reseal.Error, false})
	}
	for _, char := range r.word("nochars") {
		all = append(all, broken{variant{"a forbidden character", "a" + string(char) + "b"}, ofComputerName(r, "value-characters", "computer-name-characters"), reseal.Error, false})
	}
	for _, word := range r.words("novalues") {
		all = append(all, broken{variant{"a forbidden value", word}, "value-characters", reseal.Error, false})
		all = append(all, broken{variant{"a forbidden value", strings.ToLower(word)}, "value-characters", reseal.Error, false})
	}
	if b, ok := emptied(r); ok {
		all = append(all, b)
	}
	return all
}

func brokenTypes(r *setting) []broken {
	texts := map[string][]string{
		"boolean": {"maybe", "2"}, "integer": {"many", "1.5"}, "unsigned": {"many", "1.5"},
		"guid": {"01234567", "{01234567-89ab-cdef-0123-45678900000g}"}, "hex": {"0xZZ"}, "base64": {"a!b"},
		"ip": {"192.0.2.256", "server"}, "path": {`C:\a|b`, `C:\a<b`}, "url": {"https://a b"},
	}[r.typ]
	switch {
	case r.typ == "ip" && r.has("prefix"):
		texts = append(texts, "192.0.2.1/33")
	case r.typ == "ip":
		texts = append(texts, "192.0.2.1/24")
	case r.typ == "unsigned" && !r.has("min") && !r.isOrder():
		texts = append(texts, "-1")
	}
	var all []broken
	for _, text := range texts {
		all = append(all, broken{variant{"no " + r.typ, text}, ofOrder(r, "value-type"), reseal.Error, false})
	}
	if r.typ == "boolean" {
		for _, text := range []string{"yes", "TRUE", "0"} {
			all = append(all, broken{variant{"a boolean spelled otherwise", text}, "boolean-spelling", reseal.Warning, false})
		}
	}
	if r.typ == "enum" {
		all = append(all, broken{variant{"none of the values", "NoSuchValue"}, "value-not-listed", reseal.Error, false})
		if other := otherCase(r.words("values")); other != "" {
			all = append(all, broken{variant{"a value in another case", other}, "value-not-listed", reseal.Info, false})
		}
	}
	return all
}

// otherCase is one of the words in capitals or small letters, as none of them
// is written; "" when there is no such thing.
func otherCase(words []string) string {
	for _, word := range words {
		for _, other := range []string{strings.ToUpper(word), strings.ToLower(word)} {
			if !slices.Contains(words, other) {
				return other
			}
		}
	}
	return ""
}

func brokenNumbers(r *setting) []broken {
	severity := reseal.Error
	if r.has("soft") {
		severity = reseal.Warning
	}
	var all []broken
	add := func(what string, n int) {
		all = append(all, broken{variant{what, strconv.Itoa(n)}, ofOrder(r, "value-out-of-range"), severity, false})
	}
	if r.has("min") || r.isOrder() { // every list counts from 1
		add("below the minimum", max(r.number("min"), smallestOrder(r))-1)
	}
	if r.has("max") {
		add("above the maximum", r.number("max")+1)
	}
	if r.has("bits") {
		for n := r.number("min"); n <= r.number("max"); n++ {
			if n&^mask(r) != 0 {
				add("no sum of the flags", n)
				break
			}
		}
	}
	return all
}

func smallestOrder(r *setting) int {
	if r.isOrder() {
		return 1
	}
	return 0
}

func brokenLengths(r *setting) []broken {
	var all []broken
	if n := r.number("maxlength"); n > 0 {
		rule := ofOwnForm(r, ofComputerName(r, "string-too-long", "computer-name-too-long"))
		all = append(all, broken{variant{"too long", filler(r, n+1)}, rule, reseal.Error, false})
	}
	if n := r.number("minlength"); n > 1 {
		all = append(all, broken{variant{"too short", filler(r, n-1)}, ofOwnForm(r, "string-too-short"), reseal.Error, false})
	}
	return all
}

// emptied is the empty value where the reference forbids it, or where the type
// has none.
func emptied(r *setting) (b broken, ok bool) {
	b = broken{variant{"empty", ""}, "empty-value-not-supported", reseal.Warning, true}
	free := slices.Contains([]string{"string", "path", "url", "base64"}, r.typ)
	switch {
	case r.isOrder():
		return broken{variant{"empty", ""}, "list-order-out-of-range", reseal.Error, false}, true
	case r.limits["empty"] == "yes" && r.number("minlength") > 0: // the page contradicts itself
		b.rule, b.severity = "string-too-short", reseal.Info
		return b, true
	case r.limits["empty"] == "yes":
		return b, false
	}
	return b, r.limits["empty"] == "no" || !free || r.number("minlength") > 0
}

// Where a rule is made for one setting, it speaks in place of the general one.

func ofOrder(r *setting, general string) string {
	if r.isOrder() {
		return "list-order-out-of-range"
	}
	return general
}

func ofComputerName(r *setting, general, own string) string {
	if r.path == "ComputerName" || r.path == "AuditComputerName/Name" {
		return own
	}
	return general
}

func ofOwnForm(r *setting, general string) string {
	switch {
	case !ownForm(r):
		return general
	case r.name() == "TimeZone":
		return "timezone-unknown"
	}
	return "product-key-format"
}
