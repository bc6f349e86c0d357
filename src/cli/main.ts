import { RttsharkError } from '../errors.ts';
import type { CommandEnd } from './command-context.ts';
import { commandLine } from './command-line.ts';
import { Configuration } from './configuration.ts';
import { Console } from './console.ts';
import { withoutGluedOptions } from './glued-options.ts';
import { asksForHelp } from './help-wanted.ts';
import { Interruption } from './interruption.ts';
import { bugText } from './messages.ts';
import { ownVersion } from './own-version.ts';

/**
 * Runs the command. The only place that sets the exit status: that of the first error, 0 without any, 1 for a bug.
 *
 * @param argv - the words after the program's name
 */
export async function main(argv: readonly string[]): Promise<void> {
  const version = ownVersion();
  const console = new Console();
  const interruption = new Interruption();
  let end: CommandEnd = [];
  try {
    const words = withoutGluedOptions(argv);
    const configuration = await Configuration.load(words, process.env);
    noteFound(configuration, words, console);
    console.explainErrors((error) => configuration.explain(error));
    await commandLine({
      argv: words,
      version,
      context: { console, configuration, interruption },
      onEnd: (errors) => {
        end = errors;
      },
    }).parseAsync();
  } catch (error) {
    if (!(error instanceof RttsharkError)) {
      console.raw(bugText(error, version));
      process.exitCode = 1;
      return;
    }
    const reported = interruption.error ?? error;
    console.error(reported);
    end = [reported];
  } finally {
    interruption.release();
  }
  process.exitCode = (end[0] ?? interruption.error)?.exitStatus ?? 0;
}

/** People are told of a file that they may not know of; who reads a log has said what is to run. */
function noteFound({ found }: Configuration, words: readonly string[], console: Console): void {
  if (found?.trusted !== false || !console.stderr.isTerminal) return;
  if (asksForHelp(words) || words[0] === 'config') return;
  console.note(`Options from "${found.path}" in this folder.`);
}
