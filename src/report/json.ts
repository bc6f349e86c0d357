/** A document as text for other tools: two spaces deep, ending in a newline. Same document, same bytes. */
export function jsonText(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** A document as one line of JSON, ending in a newline. */
export function jsonLineText(document: object): string {
  return `${JSON.stringify(document)}\n`;
}
