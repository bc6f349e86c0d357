import type { FallbackCompletionFunction } from 'yargs';
import { completionShells } from './completion-scripts.ts';

/** What can follow on a command line: what yargs offers, but for one-letter options that it gives two dashes. */
export const wordsThatFit: FallbackCompletionFunction = (current, flags, standard, done) => {
  const { _: words } = flags as { readonly _: readonly (string | number)[] };
  if (words.includes('completion') && !current.startsWith('-')) {
    done([...completionShells]);
    return;
  }
  standard((error, offered) => {
    if (error === null) done((offered ?? []).filter((word) => !/^--.$/.test(word)));
  });
};
