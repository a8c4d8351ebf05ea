package main

import (
	"strings"
	"testing"

	"github.com/reseal/reseal/sysprep"
	"github.com/reseal/reseal/sysprep/image"
)

// What an image, a registry or a command line names stays text on a terminal.
func TestProvidersMoveNoCursor(t *testing.T) {
	const evil = "a\x1b[2J\u202eb\nc"
	action := image.Action{ActionProvider: sysprep.ActionProvider{Stage: sysprep.StageCleanup, Name: evil, Validate: []string{evil}, Execute: []string{evil}, Does: []string{evil}}, Exclude: evil}
	external := sysprep.ExternalProvider{Stage: sysprep.StageCleanup, Name: evil, Library: evil, Function: evil}
	list := providerLists{internal: []image.Action{action}, old: []sysprep.ExternalProvider{external}, external: []sysprep.ExternalProvider{external}}
	text := providersText("win", list)
	if n := strings.Count(text, "\n"); n != 6 || strings.ContainsAny(text, "\x1b\u202e") {
		t.Errorf("%d lines: %q", n, text)
	}
	var b strings.Builder
	checkedOf(external, nil).write(&b)
	if strings.Count(b.String(), "\n") != 1 || strings.ContainsAny(b.String(), "\x1b\u202e") {
		t.Errorf("%q", b.String())
	}
}
