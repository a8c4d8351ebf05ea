package schema

import "strings"

// Edition is one edition of Windows.
type Edition struct {
	ID         string // "Professional", "ServerStandard"
	Name       string // "Pro", "Standard"
	Server     bool
	LongTerm   bool     // only in long-term servicing releases
	SKU        int      // number of GetProductInfo; 0 = not in the table
	ImageNames []string // what /IMAGE/NAME matches in install.wim; nil = not known
	Media      []string // "consumer", "business", "china": media that carry it
	Doubt      bool     // ID, SKU or image name is not confirmed by a published page
}

// Editions returns all editions, clients first. The caller must not change it.
func Editions() []Edition { return editions[:] }

// FindEdition looks an edition up by ID without regard to case; nil when there
// is none.
func FindEdition(id string) *Edition {
	for i := range editions {
		if strings.EqualFold(editions[i].ID, id) {
			return &editions[i]
		}
	}
	return nil
}

// EditionIDs lists the IDs of all editions.
func EditionIDs() []string {
	ids := make([]string, len(editions))
	for i := range editions {
		ids[i] = editions[i].ID
	}
	return ids
}

// EditionOfImage returns the edition of an image by the name that install.wim
// gives it ("Windows 11 Pro", "Windows Server 2022 SERVERSTANDARDCORE"), nil
// for a name that the table does not have.
func EditionOfImage(name string) *Edition {
	for i := range editions {
		for _, image := range editions[i].ImageNames {
			if strings.EqualFold(image, name) {
				return &editions[i]
			}
		}
	}
	return nil
}
