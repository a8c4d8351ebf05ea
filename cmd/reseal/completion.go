package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"
)

// completionScripts ask this program for the words that fit, so that they
// never grow old.
var completionScripts = map[string]string{
	"bash": `_reseal() {
  local words=("${COMP_WORDS[@]:1:COMP_CWORD-1}") word="${COMP_WORDS[COMP_CWORD]}"
  if [[ "$word" == -* ]]; then words+=("$word"); fi
  COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "${words[@]}" --generate-bash-completion 2>/dev/null)" -- "$word"))
}
complete -o default -F _reseal reseal
`,
	"zsh": `#compdef reseal
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i -D }
_reseal() {
  local -a words_before found
  words_before=("${(@)words[2,CURRENT-1]}")
  [[ "${words[CURRENT]}" == -* ]] && words_before+=("${words[CURRENT]}")
  found=("${(@f)$("${words[1]}" "${words_before[@]}" --generate-bash-completion 2>/dev/null)}")
  if [[ -n "${found[1]}" ]]; then compadd -a found; else _files; fi
}
compdef _reseal reseal
`,
	"fish": `function __reseal_words
  set -l words (commandline -opc)
  set -l word (commandline -ct)
  if string match -q -- '-*' $word
    set -a words $word
  end
  command $words --generate-bash-completion 2>/dev/null
end
complete -c reseal -a '(__reseal_words)'
`,
	"powershell": `Register-ArgumentCompleter -Native -CommandName reseal -ScriptBlock {
  param($word, $ast, $cursor)
  $words = @($ast.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" })
  if ($word -and -not $word.StartsWith('-')) { $words = @($words | Select-Object -SkipLast 1) }
  & reseal @words --generate-bash-completion 2>$null | Where-Object { $_ -like "$word*" } |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`,
}

func (sh *shell) completionCommand() *cli.Command {
	shells := []string{"bash", "fish", "powershell", "zsh"}
	return &cli.Command{
		Name:        "completion",
		Usage:       "print the completion script of a shell",
		ArgsUsage:   strings.Join(shells, "|"),
		Description: "bash: source <(reseal completion bash)",
		BashComplete: func(*cli.Context) {
			fmt.Fprintln(sh.stdout, strings.Join(shells, "\n"))
		},
		Action: func(c *cli.Context) error {
			name, err := oneInput(c, "a shell")
			if err != nil {
				return err
			}
			if err := oneOf("completion", name, shells); err != nil {
				return usage("completion: no script for %q; there are %s", name, strings.Join(shells, ", "))
			}
			_, err = fmt.Fprint(sh.stdout, completionScripts[name])
			return written(err)
		},
	}
}
