package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal/internal/report"
)

func (sh *shell) versionCommand() *cli.Command {
	return &cli.Command{
		Name:  "version",
		Usage: "print the version of this program",
		Flags: []cli.Flag{formatFlag([]string{"text", "json"})},
		Action: func(c *cli.Context) error {
			if c.NArg() > 0 {
				return usage("version takes no path")
			}
			v := versionOf()
			if c.String("format") == "json" {
				return written(report.WriteJSON(sh.stdout, v))
			}
			_, err := fmt.Fprintf(sh.stdout, "reseal %s (language %s, %s, %s)\n", v.Version, v.Language, v.Go, v.Platform)
			return written(err)
		},
	}
}

type versionJSON struct {
	Schema   string `json:"schema"`
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"`
	Language string `json:"language"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

// versionOf reads what the Go tools wrote into the binary.
func versionOf() versionJSON {
	v := versionJSON{Schema: "reseal/version/v1", Version: "(devel)", Language: "reseal/v1", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	if info.Main.Version != "" {
		v.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			v.Revision = s.Value
		}
	}
	return v
}
