import { RttsharkError } from '../errors.ts';

/** What the shells ask for the words that can follow: handled by the parser of the command line. */
export const completionFlag = '--get-yargs-completions';

const bash = `# rttshark completion for bash: put this into ~/.bashrc
#   eval "$(rttshark completion bash)"
_rttshark() {
  local IFS=$'\\n' word="\${COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=($(compgen -W "$(rttshark ${completionFlag} "\${COMP_WORDS[@]}" 2>/dev/null)" -- "$word"))
  [[ $word == -* ]] || COMPREPLY+=($(compgen -f -- "$word"))
}
complete -o filenames -F _rttshark rttshark
`;

const zsh = `#compdef rttshark
# rttshark completion for zsh: put this into ~/.zshrc
#   eval "$(rttshark completion zsh)"
_rttshark() {
  local -a words_found
  words_found=(\${(f)"$(SHELL=bash rttshark ${completionFlag} "\${words[@]}" 2>/dev/null)"})
  (( \${#words_found} )) && compadd -- "\${words_found[@]}"
  [[ \${words[CURRENT]} == -* ]] || _files
}
compdef _rttshark rttshark
`;

const fish = `# rttshark completion for fish: put this into ~/.config/fish/config.fish
#   rttshark completion fish | source
function __rttshark_complete
    set -l words (commandline -opc) (commandline -ct)
    env SHELL=bash rttshark ${completionFlag} $words 2>/dev/null
end
complete -c rttshark -a '(__rttshark_complete)'
`;

const scripts: Readonly<Record<string, string>> = { bash, zsh, fish };

/** The shells that there is a script for. */
export const completionShells = ['bash', 'zsh', 'fish'] as const;

/** @throws RttsharkError `usage` for another shell */
export function completionScript(shell: string): string {
  const script = scripts[shell];
  if (script === undefined) {
    throw new RttsharkError('usage', `There is no completion for the shell "${shell}".`, {
      hint: `Known are ${completionShells.join(', ')}.`,
    });
  }
  return script;
}
