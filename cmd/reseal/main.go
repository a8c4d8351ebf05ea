// Command reseal checks, compiles and runs the deployment intent of a Windows
// image.
package main

import "os"

func main() {
	tuneMemory(os.LookupEnv)
	os.Exit(systemShell().run(os.Args))
}
