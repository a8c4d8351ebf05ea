// Command reseal checks, compiles and runs the deployment intent of a Windows
// image.
package main

import "os"

func main() { os.Exit(systemShell().run(os.Args)) }
