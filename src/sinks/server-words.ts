/** Text of a server, made fit for a terminal and a log. */

const longest = 2048;

/**
 * The server's own words: without markup, control characters (they can steer a terminal) and surplus space,
 * and no longer than two thousand characters.
 *
 * @returns undefined where nothing is left
 */
export function serverWords(body: string, contentType = ''): string | undefined {
  const text = /html/i.test(contentType) || /^\s*<(!doctype|html)/i.test(body) ? withoutMarkup(body) : body;
  const lines = text
    // A space and not nothing, so that no text comes to be that was not there.
    .replace(/[^\P{C}\n]/gu, ' ')
    .split('\n')
    .map((line) => line.replace(/ +/g, ' ').trim())
    .filter((line) => line !== '');
  const words = lines.join('\n');
  if (words === '') return undefined;
  return words.length > longest ? `${words.slice(0, longest)} …` : words;
}

/** The same on one line, for a place in a sentence. */
export function shortWords(text: string): string {
  const words = (serverWords(text) ?? '').replaceAll('\n', ' ');
  return words.length > 300 ? `${words.slice(0, 300)} …` : words;
}

function withoutMarkup(html: string): string {
  return html
    .replace(/<(style|script|title)\b.*?<\/\1\s*>/gis, '\n')
    .replace(/<[^>]*>/g, '\n')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
