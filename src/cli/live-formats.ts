import { tableFormats } from '../extract/table-formats.ts';
import { resultFormats } from './result-formats.ts';

/** The forms of reports, and of the rows that are given in their place. */
export const liveFormats = [...new Set([...resultFormats, ...tableFormats])] as const;

export type LiveFormat = (typeof resultFormats)[number] | (typeof tableFormats)[number];
