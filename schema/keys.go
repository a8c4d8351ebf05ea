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
