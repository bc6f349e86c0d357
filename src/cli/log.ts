import type { RttsharkError } from '../errors.ts';
import {
  errorEvent,
  isLogged,
  logJson,
  logText,
  type LogEvent,
  type LogFields,
  type LogFormat,
  type LogLevel,
} from '../report/log-line.ts';
import type { Console } from './console.ts';

export interface LogOptions {
  readonly format: LogFormat;
  /** The least important level that is logged. */
  readonly level: LogLevel;
}

/** What a command that runs for long tells on standard error, one line an event. */
export class Log {
  readonly #console: Pick<Console, 'line' | 'stderr'>;
  readonly #options: LogOptions;
  readonly #now: () => Date;

  /** @param now - the wall clock, as a test may set it */
  constructor(console: Pick<Console, 'line' | 'stderr'>, options: LogOptions, now = () => new Date()) {
    this.#console = console;
    this.#options = options;
    this.#now = now;
  }

  debug(event: string, message: string, fields?: LogFields): void {
    this.#log('debug', event, message, fields);
  }

  info(event: string, message: string, fields?: LogFields): void {
    this.#log('info', event, message, fields);
  }

  warn(event: string, message: string, fields?: LogFields): void {
    this.#log('warn', event, message, fields);
  }

  /** @param event - what kind of event it is; the error's code by default */
  error(error: RttsharkError, event: string = error.code): void {
    this.write(errorEvent(error, event, this.#now()));
  }

  /** Logs an event where its level is to be logged. */
  write(event: LogEvent): void {
    const { format, level } = this.#options;
    if (!isLogged(event.level, level)) return;
    this.#console.line(format === 'json' ? logJson(event) : logText(event, this.#console.stderr));
  }

  #log(level: LogLevel, event: string, message: string, fields: LogFields = {}): void {
    this.write({ level, event, message, fields, time: this.#now() });
  }
}
