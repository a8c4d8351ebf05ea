// Command corpus measures Reseal on a folder of real answer files:
//
//	go run ./internal/corpus FOLDER
//
// FOLDER holds index.json, which tells of each file whether it is well-formed
// and whether it is a template, and the files themselves below files/.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./internal/corpus FOLDER")
		os.Exit(2)
	}
	files, err := load(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
	results := measure(files)
	newReport(results).write(os.Stdout)
	roundTrips(results).write(os.Stdout)
}
