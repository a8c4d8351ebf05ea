// Command startup links the catalogue and all tables and uses one entry, so
// that a test can see what their package does before main.
package main

import (
	"fmt"

	"github.com/reseal/reseal/schema"
)

func main() {
	fmt.Println(schema.FindComponent("microsoft-windows-shell-setup").Name, schema.FindRelease("11-24h2"),
		schema.TimeZoneOfIANA("Europe/Berlin").ID, schema.FindLocale("de-de").Tag, schema.FindKeyboard("00000407").Name)
}
