/** A document as text for other tools: two spaces deep, ending in a newline. Same document, same bytes. */
export function jsonText(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
