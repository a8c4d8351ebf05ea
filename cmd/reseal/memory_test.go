package main

import (
	"runtime/debug"
	"testing"
)

func TestMemoryIsTunedUnlessTheUserHas(t *testing.T) {
	percent, limit := debug.SetGCPercent(77), debug.SetMemoryLimit(-1)
	defer func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}()
	debug.SetMemoryLimit(5 << 30)
	tuneMemory(func(string) (string, bool) { return "x", true })
	if p, l := debug.SetGCPercent(77), debug.SetMemoryLimit(-1); p != 77 || l != 5<<30 {
		t.Errorf("the user's settings became %d %% and %d bytes", p, l)
	}
	tuneMemory(func(string) (string, bool) { return "", false })
	if p, l := debug.SetGCPercent(77), debug.SetMemoryLimit(-1); p != garbagePercent || l != garbageLimit {
		t.Errorf("got %d %% and %d bytes", p, l)
	}
}
