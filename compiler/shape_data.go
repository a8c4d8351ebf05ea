package compiler

import (
	"encoding/json"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"github.com/reseal/reseal/internal/yamldoc"
)

// The forms of a plain scalar that a YAML 1.2 reader of the core schema takes
// for a number.
var (
	coreInteger = regexp.MustCompile(`^[-+]?[0-9]+$`)
	coreOctal   = regexp.MustCompile(`^0o[0-7]+$`)
	coreHex     = regexp.MustCompile(`^0x[0-9a-fA-F]+$`)
	coreFloat   = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
)

// longestNumber keeps the validator's exact arithmetic cheap: a longer run of
// digits stays text.
const longestNumber = 300

// dataOf turns a node into what a JSON Schema validator reads: maps, slices,
// strings, booleans and json.Number, the only numbers whose keywords it
// checks. Below the given number of levels everything is left out, so that a
// check of the outer shape does not pay for the whole file.
func dataOf(n *yamldoc.Node, levels int) any {
	switch {
	case n.Kind == yamldoc.Mapping:
		object := make(map[string]any, len(n.Pairs))
		for i := 0; i < len(n.Pairs) && levels > 0; i++ {
			key := n.Pairs[i].Key.Text
			if _, twice := object[key]; !twice {
				object[key] = dataOf(n.Pairs[i].Value, levels-1)
			}
		}
		return object
	case n.Kind == yamldoc.Sequence:
		list := []any{}
		for i := 0; i < len(n.Items) && levels > 0; i++ {
			list = append(list, dataOf(n.Items[i], levels-1))
		}
		return list
	case n.Empty:
		return nil
	case n.Style != yamldoc.Plain || n.Tag != "":
		return n.Text
	}
	return plainData(n.Text)
}

// plainData is the value that an editor sees behind a plain scalar. The words
// for null stay text, as they are in the language.
func plainData(text string) any {
	switch text {
	case "true", "True", "TRUE":
		return true
	case "false", "False", "FALSE":
		return false
	}
	if number, ok := coreNumber(text); ok {
		return number
	}
	return text
}

// coreNumber spells the number that a plain scalar stands for as JSON does,
// ok false when it is none.
func coreNumber(text string) (json.Number, bool) {
	if text == "" || len(text) > longestNumber {
		return "", false
	}
	switch {
	case coreInteger.MatchString(text):
		return wholeNumber(strings.TrimPrefix(text, "+"), 10)
	case coreOctal.MatchString(text):
		return wholeNumber(text[2:], 8)
	case coreHex.MatchString(text):
		return wholeNumber(text[2:], 16)
	case coreFloat.MatchString(text):
		f, err := strconv.ParseFloat(text, 64)
		if err != nil { // out of range; as an exact number it could have a billion digits
			return "", false
		}
		return json.Number(strconv.FormatFloat(f, 'g', -1, 64)), true
	}
	return "", false
}

func wholeNumber(digits string, base int) (json.Number, bool) {
	n, ok := new(big.Int).SetString(digits, base)
	if !ok {
		return "", false
	}
	return json.Number(n.String()), true
}
