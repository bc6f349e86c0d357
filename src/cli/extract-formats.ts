import { tableFormats } from '../extract/table-formats.ts';

/** The forms in which extracted rows are given. */
export const extractFormats = ['table', ...tableFormats] as const;

export type ExtractFormat = (typeof extractFormats)[number];
