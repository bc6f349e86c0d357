import type { WriteStream } from 'node:tty';

/** What a stream can show. */
export interface Terminal {
  readonly isTerminal: boolean;
  /** Columns; undefined where it is no terminal. */
  readonly width: number | undefined;
  readonly colour: boolean;
  readonly unicode: boolean;
}

type Stream = Pick<NodeJS.WriteStream, 'isTTY' | 'columns'> & Partial<Pick<WriteStream, 'hasColors'>>;

/** Colours only on a terminal (NO_COLOR and FORCE_COLOR have the last word); more than ASCII by the locale. */
export function terminalOf(
  stream: Stream,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): Terminal {
  const isTerminal = stream.isTTY;
  return {
    isTerminal,
    width: isTerminal ? stream.columns : undefined,
    colour: wantsColour(isTerminal && stream.hasColors?.() === true, env),
    unicode: knowsUnicode(env, platform),
  };
}

function wantsColour(able: boolean, env: Readonly<Record<string, string | undefined>>): boolean {
  if (isSet(env['NO_COLOR'])) return false;
  if (isSet(env['FORCE_COLOR'])) return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false';
  return able && env['TERM'] !== 'dumb';
}

function knowsUnicode(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): boolean {
  if (platform === 'win32') return isSet(env['WT_SESSION']) || isSet(env['TERM_PROGRAM']);
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(isSet) ?? '';
  return /utf-?8/i.test(locale);
}

function isSet(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}
