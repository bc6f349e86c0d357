import { RttsharkError } from '../errors.ts';
import type { CaptureOptions } from './capture-arguments.ts';
import type { PermissionAdvice } from './capture-permission.ts';

/** Whether a capturing program says that this user may not capture. */
export function isPermissionRefusal(words: string): boolean {
  return /do(?:es)?n't have permission|do not have permission|Operation not permitted|Permission denied/i.test(
    words,
  );
}

/**
 * What a capturing program that refused means, as an error. Pure.
 *
 * @param words - what it said on standard error, without noise
 * @param asked - what it was asked for; the filter as the user wrote it
 * @param advice - on the permission, where that is what is missing
 */
export function refusalError(
  words: string,
  asked: CaptureOptions,
  advice: PermissionAdvice | null,
): RttsharkError {
  const name = asked.interface;
  const said = ownWords(words);
  const filterWords = aboutFilter(words);
  if (filterWords !== null) {
    return new RttsharkError(
      'filter_invalid',
      `The capture filter "${asked.filter ?? ''}" is not valid for the interface "${name}".`,
      {
        detail: filterWords,
        hint: '-f takes the language of libpcap (see "man pcap-filter"); display filters are for -Y.',
      },
    );
  }
  if (isPermissionRefusal(words)) {
    const why = advice === null ? '' : ` ${advice.why}`;
    return new RttsharkError(
      'capture_failed',
      `This user may not capture on the interface "${name}".${why}`,
      {
        detail: said,
        hint: advice?.hint,
      },
    );
  }
  if (words.includes('is not up')) {
    return new RttsharkError('capture_failed', `The interface "${name}" is switched off.`, {
      detail: said,
      hint: `Switch it on: "sudo ip link set ${name} up".`,
    });
  }
  if (words.includes('data link type')) {
    return new RttsharkError(
      'capture_failed',
      `The interface "${name}" has no link type "${asked.linkType ?? ''}".`,
      {
        detail: said,
        hint: `"dumpcap -i ${name} -L" lists those that it has.`,
      },
    );
  }
  if (/no device named|No such device|no interface with that/i.test(words)) {
    return new RttsharkError('capture_failed', `There is no interface "${name}".`, {
      detail: said,
      hint: '"rttshark interfaces" lists them.',
    });
  }
  return new RttsharkError('capture_failed', `The interface "${name}" cannot be captured on.`, {
    detail: said,
  });
}

/** libpcap's words about a filter, which the program puts in brackets; null where the filter is not what it is about. */
function aboutFilter(words: string): string | null {
  if (!/Invalid capture filter |isn't a valid capture filter/.test(words)) return null;
  const [, reason] = /isn't a valid capture filter \((.*)\)\.?$/ms.exec(words) ?? [];
  return reason ?? ownWords(words);
}

/** The first sentences, without the program's name and without its advice on permissions, which knows less than ours. */
function ownWords(words: string): string {
  const lines = words.split('\n').map((line) => line.replace(/^(?:dumpcap|tcpdump)(?:\.exe)?: /, ''));
  const advice = lines.findIndex((line) => /^Please check |^On Debian and |^See the User's Guide/.test(line));
  return lines
    .slice(0, advice === -1 ? 6 : advice)
    .join('\n')
    .trim();
}
