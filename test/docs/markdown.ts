/** As much of Markdown as our own documents use. */

/** What is fenced, left out: nothing in it is a heading, a table or a link. */
export function withoutFences(markdown: string): string {
  return markdown.replace(/^```.*?^```$/gms, '');
}

/** The text below a heading of the second level, up to the next one; null where there is no such heading. */
export function section(markdown: string, heading: string): string | null {
  const parts = withoutFences(markdown).split(/^## /m);
  return parts.find((part) => part.startsWith(`${heading}\n`)) ?? null;
}

/** The cells of every table's rows, headings and rules left out. */
export function tableRows(markdown: string): string[][] {
  const lines = withoutFences(markdown).split('\n');
  const isRule = (line: string | undefined): boolean => /^\| ?-/.test(line ?? '');
  return lines
    .filter((line, at) => line.startsWith('|') && !isRule(line) && !isRule(lines[at + 1]))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** The targets of all links. */
export function linkTargets(markdown: string): string[] {
  return Array.from(withoutFences(markdown).matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']) => target);
}

/** What GitHub calls a document's headings in links, and the places that it names itself. */
export function anchors(markdown: string): string[] {
  const named = Array.from(markdown.matchAll(/<a id="([^"]+)">/g), ([, id = '']) => id);
  const headings = Array.from(withoutFences(markdown).matchAll(/^#+ (.*)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return [...headings, ...named];
}

/** A program in a document, and what is said to be its output right behind it. */
export interface Example {
  readonly code: string;
  readonly output: string;
}

/** The TypeScript blocks that have a block of text right behind them. */
export function examples(markdown: string): Example[] {
  const [code, output] = ['ts', 'text'].map(
    (language) => `^\`\`\`${language}\\n((?:(?!\`\`\`).*\\n)*)\`\`\`\\n`,
  );
  const pattern = new RegExp(`${code ?? ''}\\n${output ?? ''}`, 'gm');
  return Array.from(markdown.matchAll(pattern), ([, ts = '', text = '']) => ({ code: ts, output: text }));
}

/** Commands of a shell in a document, and what is said to be their output. */
export interface CommandBlock {
  readonly commands: string;
  readonly output: string | undefined;
}

/** The blocks of commands, each with the block of text right behind it where there is one. */
export function commandBlocks(markdown: string): CommandBlock[] {
  const text = '((?:(?!```).*\\n)*)```\\n';
  const pattern = new RegExp(`^\`\`\`sh\\n${text}(?:\\n\`\`\`text\\n${text})?`, 'gm');
  return Array.from(markdown.matchAll(pattern), ([, commands = '', output]) => ({ commands, output }));
}

/** What a document says is printed, with "…" for what is not the same each time. */
export function outputPattern(output: string): RegExp {
  const parts = output.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^\\s\\]]*')}$`);
}
