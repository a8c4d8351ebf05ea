package setuplog

import (
	"fmt"
	"slices"
	"testing"
	"testing/fstest"
)

func TestSearchFindsTheLogsOfEveryKindOfFolder(t *testing.T) {
	log, empty := &fstest.MapFile{Data: []byte("x")}, &fstest.MapFile{}
	cases := []struct {
		name string
		root fstest.MapFS
		want []string // name: first pass
	}{
		{"root of a drive", fstest.MapFS{"Windows/Panther/setupact.log": log, "Windows/Panther/UnattendGC/setupact.log": log, "Windows/System32/Sysprep/Panther/setupact.log": log,
			"Windows/System32/Sysprep/Panther/IE/setupact.log": log, "$Windows.~BT/Sources/Panther/setupact.log": log, "$Windows.~BT/Sources/Rollback/setuperr.log": log, "Windows/setupact.log": log},
			[]string{"$Windows.~BT/Sources/Panther/setupact.log: windowsPE", "Windows/System32/Sysprep/Panther/setupact.log: generalize", "Windows/System32/Sysprep/Panther/IE/setupact.log: generalize",
				"Windows/Panther/setupact.log: specialize", "Windows/Panther/UnattendGC/setupact.log: oobeSystem", "$Windows.~BT/Sources/Rollback/setuperr.log: -"}},
		{"in capitals", fstest.MapFS{"WINDOWS/PANTHER/SETUPACT.LOG": log}, []string{"WINDOWS/PANTHER/SETUPACT.LOG: specialize"}},
		{"a Windows folder", fstest.MapFS{"System32/sysprep/Panther/setupact.log": log, "Panther/setupact.log": log}, []string{"System32/sysprep/Panther/setupact.log: generalize", "Panther/setupact.log: specialize"}},
		{"Sysprep's folder", fstest.MapFS{"sysprep.exe": log, "Panther/setupact.log": log}, []string{"Panther/setupact.log: generalize"}},
		{"a Panther folder", fstest.MapFS{"setupact.log": log, "setuperr.log": log, "UnattendGC/setupact.log": log}, []string{"setupact.log: ?", "UnattendGC/setupact.log: oobeSystem"}},
		{"errors alone", fstest.MapFS{"setuperr.log": log}, []string{"setuperr.log: ?"}},
		{"an empty log", fstest.MapFS{"setupact.log": empty, "setuperr.log": log}, []string{"setuperr.log: ?"}},
		{"a folder of that name", fstest.MapFS{"setupact.log/x": log}, nil},
		{"nothing", fstest.MapFS{"readme.txt": log}, nil},
	}
	for _, c := range cases {
		found, err := Search(c.root)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range found {
			pass := "?"
			if f.Place != nil {
				pass = "-"
				if len(f.Place.Passes) > 0 {
					pass = f.Place.Passes[0]
				}
			}
			got = append(got, fmt.Sprintf("%s: %s", f.Name, pass))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestEveryPassHasALog(t *testing.T) {
	for _, pass := range []string{"windowsPE", "offlineServicing", "generalize", "specialize", "auditSystem", "auditUser", "oobeSystem"} {
		if !slices.ContainsFunc(Places(), func(p Place) bool { return slices.Contains(p.Passes, pass) && p.Source != "" }) {
			t.Errorf("no place for %s", pass)
		}
	}
}
