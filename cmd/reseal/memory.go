package main

import "runtime/debug"

// The program lives for a moment, and most of what it allocates lives as long:
// collecting garbage less often than Go does by itself saves a fifth of the
// time. The limit keeps the memory for hostile input as it would be otherwise.
const (
	garbagePercent = 400
	garbageLimit   = 1 << 30 // bytes, from which on memory matters more than time
)

// tuneMemory sets how the garbage collector works, unless the user has.
func tuneMemory(env func(string) (string, bool)) {
	if _, set := env("GOGC"); !set {
		debug.SetGCPercent(garbagePercent)
	}
	if _, set := env("GOMEMLIMIT"); !set {
		debug.SetMemoryLimit(garbageLimit)
	}
}
