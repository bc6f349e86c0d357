import { Chalk } from 'chalk';

export type Style = 'red' | 'green' | 'yellow' | 'bold' | 'dim';

/** Text in a colour or weight, or as it is where there are no colours. */
export function paint(text: string, style: Style, colour: boolean): string {
  return new Chalk({ level: colour ? 1 : 0 })[style](text);
}
