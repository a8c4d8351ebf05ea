package main

import (
	"flag"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/reseal/reseal/internal/imagetest"
)

var update = flag.Bool("update", false, "rewrite the expected output of scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"reseal":  main,
		"mkimage": makeImage,
		"mkwim":   makeWIM,
	})
}

// The scripts run the real program; each tells in its first lines what a user
// does there.
func TestScripts(t *testing.T) {
	provider := filepath.Join(t.TempDir(), "provider.dll")
	if err := os.WriteFile(provider, imagetest.DLL(imagetest.AMD64, "Seal"), 0o600); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "../../testdata/script",
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			root, err := os.Getwd()
			if err != nil {
				return err
			}
			env.Setenv("TEMPLATES", root+"/../../templates")
			env.Setenv("PROVIDER", provider)
			return nil
		},
	})
}

// makeImage makes the folder of a Windows 11: mkimage FOLDER [REGISTRY-TEXT],
// whose form is that of imagetest.Hives. With the word dirty in front of the
// folder, the hive SYSTEM is left in the middle of a write.
func makeImage() {
	args := os.Args[1:]
	dirty := args[0] == "dirty"
	if dirty {
		args = args[1:]
	}
	texts := []string{imagetest.Windows11}
	for _, name := range args[1:] {
		text, err := os.ReadFile(name)
		if err != nil {
			log.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	if err := imagetest.Folder(args[0], texts...); err != nil {
		log.Fatal(err)
	}
	if dirty {
		hives, err := imagetest.Hives(texts...)
		if err != nil {
			log.Fatal(err)
		}
		data := imagetest.Hive{Root: hives["SYSTEM"], Dirty: true}.Bytes()
		if err := os.WriteFile(filepath.Join(args[0], "Windows", "System32", "config", "SYSTEM"), data, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// makeWIM writes an image file that has nothing but metadata: mkwim FILE XML
// COUNT.
func makeWIM() {
	xml, err := os.ReadFile(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	count, err := strconv.Atoi(os.Args[3])
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(os.Args[1], imagetest.WIM(string(xml), count), 0o644); err != nil {
		log.Fatal(err)
	}
}
