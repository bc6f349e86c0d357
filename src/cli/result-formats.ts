/** The forms of a result on standard output. */
export const resultFormats = ['table', 'json', 'jsonl', 'csv', 'prometheus'] as const;

export type ResultFormat = (typeof resultFormats)[number];
