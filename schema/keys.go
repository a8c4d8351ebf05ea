package schema

import (
	"sort"
	"strings"
)

// KeyKind tells what a published product key is for.
type KeyKind uint8

const (
	KMSKey     KeyKind = iota // makes the machine a client of a KMS host
	DefaultKey                // selects the edition in Setup and never activates
)

// ProductKey is a product key that is published and no secret.
type ProductKey struct {
	Key     string
	Kind    KeyKind
	Product string // "Windows Server 2022"
	Edition string // edition ID: "ServerStandard"
	Name    string // name of the edition where the key is published
	Doubt   bool   // from one public list only, or lists disagree
}

// PlaceholderKey is the key that makes Setup ask for one when WillShowUI is
// Always.
const PlaceholderKey = "00000-00000-00000-00000-00000"

// keyAlphabet holds the characters of product keys: no vowels, and none that
// are easily taken for another.
const keyAlphabet = "BCDFGHJKMNPQRTVWXY2346789"

// FindKey looks a published key up without regard to case; nil for any other
// key, which may be somebody's own.
func FindKey(key string) *ProductKey {
	key = strings.ToUpper(key)
	i := sort.Search(len(keys), func(i int) bool { return compareFold(keys[i].Key, key) >= 0 })
	if i < len(keys) && keys[i].Key == key {
		return &keys[i]
	}
	return nil
}

// KeyFor returns the published key of a kind for an edition ID; product picks
// among several ("Windows Server 2022"), "" takes the first. nil when there is
// none.
func KeyFor(edition, product string, kind KeyKind) *ProductKey {
	for i := range keys {
		k := &keys[i]
		if k.Kind == kind && strings.EqualFold(k.Edition, edition) && strings.Contains(k.Product, product) {
			return k
		}
	}
	return nil
}

// KeyForm tells what is wrong with the form of a product key: five groups of
// five characters of the alphabet, joined by "-". KeyFormOK when nothing is.
func KeyForm(key string) KeyProblem {
	if len(key) != 29 {
		return KeyLength
	}
	for i := range len(key) {
		if (i%6 == 5) != (key[i] == '-') {
			return KeyGroups
		}
	}
	letters := strings.ReplaceAll(key, "-", "")
	if strings.Trim(strings.ToUpper(letters), keyAlphabet) != "" {
		return KeyAlphabet
	}
	if strings.ToUpper(key) != key {
		return KeyCase
	}
	return KeyFormOK
}

// KeyProblem is what is wrong with the form of a product key.
type KeyProblem uint8

const (
	KeyFormOK   KeyProblem = iota
	KeyLength              // not 29 characters
	KeyGroups              // a dash is missing or in the wrong place
	KeyAlphabet            // a character that no key has
	KeyCase                // lower-case letters
)
