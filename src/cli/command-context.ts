import type { RttsharkError } from '../errors.ts';
import type { Configuration } from './configuration.ts';
import type { Console } from './console.ts';
import type { Interruption } from './interruption.ts';

/** What every command works with. */
export interface CommandContext {
  readonly console: Console;
  readonly configuration: Configuration;
  readonly interruption: Interruption;
}

/**
 * What a command ends with, beside what it has printed: the errors it met, first things first. The first one
 * decides the exit status.
 */
export type CommandEnd = readonly RttsharkError[];
