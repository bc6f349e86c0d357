import type { RttsharkError } from '../errors.ts';
import { paint, type Style } from './paint.ts';
import { printable } from './printable.ts';

/** Least important first. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

export const logFormats = ['text', 'json'] as const;
export type LogFormat = (typeof logFormats)[number];

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Something that happened. */
export interface LogEvent {
  readonly level: LogLevel;
  /** What kind it is, for programs: `capture_started`. */
  readonly event: string;
  /** The same for people, as a sentence. */
  readonly message: string;
  readonly fields?: LogFields | undefined;
  readonly time: Date;
}

export interface LogLook {
  /** Whether people look at it as it comes: times are hours, minutes and seconds here, and levels may be coloured. */
  readonly isTerminal: boolean;
  readonly colour: boolean;
  readonly unicode: boolean;
}

/** An event as one line of text, ending in a newline: time, level, message, then the fields as `key=value`. */
export function logText({ level, message, fields = {}, time }: LogEvent, look: LogLook): string {
  const shown = (text: string) => printable(isBare(text) ? text : JSON.stringify(text), look.unicode);
  const pairs = Object.entries(fields).map(([key, value]) => `${shown(key)}=${shown(String(value))}`);
  const parts = [
    look.isTerminal ? clockTime(time) : time.toISOString(),
    ' ',
    paint(level, styles[level], look.colour && level !== 'info'),
    ' '.repeat(6 - level.length),
    printable(message, look.unicode),
    ...(pairs.length === 0 ? [] : ['  ', pairs.join(' ')]),
  ];
  return `${parts.join('')}\n`;
}

/** An event as one object of JSON, ending in a newline, the fields beside what every event has. */
export function logJson({ level, event, message, fields = {}, time }: LogEvent): string {
  const always = { time: time.toISOString(), level, event, message };
  const others = Object.entries(fields).map(([key, value]) => [
    Object.hasOwn(always, key) ? `${key}_` : key,
    value,
  ]);
  return `${JSON.stringify({ ...always, ...Object.fromEntries(others) })}\n`;
}

/** An error as an event, with its code, what to do next, and the words of tshark or the server. */
export function errorEvent(error: RttsharkError, event: string, time: Date): LogEvent {
  const { code, hint, detail } = error;
  const fields = {
    code,
    ...(hint === undefined ? {} : { hint }),
    ...(detail === undefined ? {} : { detail }),
  };
  return { level: 'error', event, message: error.message, fields, time };
}

/** Whether events of a level are logged where this is the least important one. */
export function isLogged(level: LogLevel, leastImportant: LogLevel): boolean {
  return logLevels.indexOf(level) >= logLevels.indexOf(leastImportant);
}

const styles: Readonly<Record<LogLevel, Style>> = {
  debug: 'dim',
  info: 'dim',
  warn: 'yellow',
  error: 'red',
};

/** Whether a text can stand where blanks and quotes have a meaning. */
function isBare(text: string): boolean {
  return /^[^\s"'=\\\p{C}]+$/u.test(text);
}

function clockTime(time: Date): string {
  return [time.getHours(), time.getMinutes(), time.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}
