import type { RttsharkError } from '../errors.ts';
import { originText, type Setting } from './setting.ts';

/** Where a value comes from, as a sentence. */
export function originSentence({ name, origin }: Setting): string {
  const place = originText(origin);
  return origin.from === 'environment' ? `"${name}" is set by ${place}.` : `"${name}" is set in ${place}.`;
}

/** The settings that an error speaks of: by the option's name in the message, else by the value, else in the hint. */
export function settingsNamedIn(
  { message, hint = '' }: Pick<RttsharkError, 'message' | 'hint'>,
  settings: readonly Setting[],
): Setting[] {
  const names = (text: string) => settings.filter(({ name }) => new RegExp(`--${name}(?![\\w-])`).test(text));
  const quoted = settings.filter(({ value }) =>
    [value].flat().some((text) => typeof text === 'string' && message.includes(`"${text}"`)),
  );
  return [names(message), quoted, names(hint)].find((found) => found.length > 0) ?? [];
}
