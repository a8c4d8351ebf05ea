package main

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/reseal/reseal/sysprep"
	"github.com/reseal/reseal/sysprep/image"
	"github.com/reseal/reseal/sysprep/setuplog"
)

// Every member of the documents that the commands on images print has a place
// in their page.
func TestDocumentsOfImagesAreDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/images.md")
	if err != nil {
		t.Fatal(err)
	}
	_, page, ok := strings.Cut(string(text), "## JSON")
	if !ok {
		t.Fatal("the page has no section on JSON")
	}
	checked := 0
	for _, doc := range []any{
		imageDocument("x", &image.Summary{Machine: &sysprep.Machine{}}, nil), wimDocument("x", &image.WIM{}), stateDocument("x", &image.State{}, nil),
		checkDocument("x", &sysprep.Machine{}, &image.Checked{}, nil), stageDocument(&image.Staged{}, nil), cleanDocument("x", nil, nil, nil),
		providersDocument("x", providerLists{}, nil),
	} {
		members(reflect.TypeOf(doc), func(name string) {
			checked++
			if !strings.Contains(page, "`"+name+"`") {
				t.Errorf("docs/images.md lacks the member %s", name)
			}
		})
	}
	if checked < 80 {
		t.Errorf("only %d members were looked up", checked)
	}
}

// members visits the JSON names of a type, except of what other pages tell.
func members(of reflect.Type, visit func(name string)) {
	switch of.Kind() {
	case reflect.Slice, reflect.Pointer:
		members(of.Elem(), visit)
	case reflect.Struct:
		if of == reflect.TypeFor[setuplog.Run]() || of == reflect.TypeFor[sysprep.Step]() {
			return
		}
		for n := range of.NumField() {
			field := of.Field(n)
			if name, _, _ := strings.Cut(field.Tag.Get("json"), ","); name != "" {
				visit(name)
			}
			members(field.Type, visit)
		}
	}
}
