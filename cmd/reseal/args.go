package main

import (
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/reseal/reseal/schema"
)

// arrange puts the flags of a command before its paths: the library stops
// looking for flags at the first path and would leave the rest unread without
// a word. It also refuses an unknown command, which the library would answer
// with an exit code of its own.
func arrange(app *cli.App, args []string) ([]string, error) {
	if len(args) < 2 || strings.HasPrefix(args[1], "-") {
		return args, nil
	}
	command := app.Command(args[1])
	if command == nil {
		return nil, unknownCommand(app, args[1])
	}
	if args[len(args)-1] == "--generate-bash-completion" {
		return args, nil
	}
	command, words, err := subcommand(command, args[:2:2], args[2:])
	if err != nil {
		return nil, err
	}
	flags, paths, err := split(takesValue(command), args[len(words):])
	if err != nil {
		return nil, err
	}
	out := append(words, flags...)
	if len(paths) > 0 {
		out = append(append(out, "--"), paths...)
	}
	return out, nil
}

// subcommand finds the command of a family such as "image" that the next word
// names, and the words up to it.
func subcommand(family *cli.Command, words, rest []string) (*cli.Command, []string, error) {
	if len(family.Subcommands) == 0 || len(rest) == 0 || strings.HasPrefix(rest[0], "-") {
		return family, words, nil
	}
	names := make([]string, 0, len(family.Subcommands))
	for _, c := range family.Subcommands {
		if c.HasName(rest[0]) {
			return c, append(words, rest[0]), nil
		}
		names = append(names, c.Names()...)
	}
	return nil, nil, usage("%s has no command %q%s; it has %s", family.Name, rest[0], didYouMean(rest[0], names), strings.Join(names, ", "))
}

// split sorts words into flags (with their values) and paths. "--" ends the
// flags, a lone "-" is a path. A flag at the end must have its value: the
// library would take the word that comes behind it here. An empty value is
// that of a variable that is not set, and would turn off what the flag asks for.
func split(takesValue map[string]bool, words []string) (flags, paths []string, err error) {
	for i := 0; i < len(words); i++ {
		word := words[i]
		if word == "--" {
			return flags, append(paths, words[i+1:]...), nil
		}
		if len(word) < 2 || word[0] != '-' || '0' <= word[1] && word[1] <= '9' { // a negative error code is no flag
			paths = append(paths, word)
			continue
		}
		flags = append(flags, word)
		name, value, joined := strings.Cut(strings.TrimLeft(word, "-"), "=")
		if !takesValue[name] {
			continue
		}
		if !joined && i+1 < len(words) {
			i++
			value = words[i]
			flags = append(flags, value)
		}
		if value == "" {
			return nil, nil, usage("%s needs a value", dashed(name))
		}
	}
	return flags, paths, nil
}

func takesValue(command *cli.Command) map[string]bool {
	takes := map[string]bool{}
	for _, flag := range command.Flags {
		_, isBool := flag.(*cli.BoolFlag)
		for _, name := range flag.Names() {
			takes[name] = !isBool
		}
	}
	return takes
}

func unknownCommand(app *cli.App, word string) error {
	var names []string
	for _, c := range app.Commands {
		names = append(names, c.Names()...)
	}
	if near := schema.Nearest(word, names); near != "" {
		return usage("there is no command %q; did you mean %q?", word, near)
	}
	return usage("there is no command %q; the commands are %s", word, strings.Join(names, ", "))
}
