/** What "rttshark config" does, by its first word. */
export const configVerbs = ['check', 'show'] as const;
