package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal/internal/report"
	"github.com/reseal/reseal/schema"
)

func (sh *shell) releasesCommand() *cli.Command {
	return &cli.Command{
		Name:  "releases",
		Usage: "list the Windows releases that a target can name",
		Flags: []cli.Flag{formatFlag([]string{"text", "json"})},
		Action: func(c *cli.Context) error {
			if c.NArg() > 0 {
				return usage("releases takes no path")
			}
			if c.String("format") == "json" {
				return written(report.WriteJSON(sh.stdout, releaseList()))
			}
			w := tabwriter.NewWriter(sh.stdout, 0, 0, 2, ' ', 0)
			for _, r := range schema.Releases() {
				fmt.Fprintf(w, "%s\t%s\tbuild %d\n", r.ID, &r, r.Build)
			}
			return written(w.Flush())
		},
	}
}

type releaseJSON struct {
	ID           string `json:"id"`
	Name         string `json:"name"`
	Product      string `json:"product"`
	Version      string `json:"version,omitempty"`
	Build        int    `json:"build"`
	Kind         string `json:"kind"` // client or server
	LongTerm     string `json:"longTerm,omitempty"`
	Released     string `json:"released,omitempty"`
	EndOfUpdates string `json:"endOfUpdates,omitempty"`
	Enterprise   string `json:"endOfUpdatesEnterprise,omitempty"`
	Note         string `json:"note,omitempty"`
}

func releaseList() any {
	doc := struct {
		Schema   string        `json:"schema"`
		Releases []releaseJSON `json:"releases"`
	}{Schema: "reseal/releases/v1"}
	for _, r := range schema.Releases() {
		kind := "client"
		if r.Server {
			kind = "server"
		}
		doc.Releases = append(doc.Releases, releaseJSON{
			ID: r.ID, Name: r.String(), Product: r.Product, Version: r.Version, Build: r.Build, Kind: kind, LongTerm: r.LongTerm,
			Released: r.Released, EndOfUpdates: r.EndOfUpdates, Enterprise: r.EndOfUpdatesEnterprise, Note: r.Note,
		})
	}
	return doc
}
