// Command linked does nothing, with the same libraries linked as reseal: the
// baseline of the start-up benchmark.
package main

import (
	_ "html/template"

	_ "github.com/beevik/etree"
	_ "github.com/urfave/cli/v2"
	_ "github.com/xeipuuv/gojsonschema"
	_ "gopkg.in/yaml.v3"
)

func main() {}
