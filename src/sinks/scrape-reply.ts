/** Short answers of the scrape endpoint. */

import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * Answers with a short text. To HEAD, with the same headers alone.
 *
 * @param text - the status in words where left out
 */
export function reply(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  { text = STATUS_CODES[status] ?? '', type = 'text/plain; charset=utf-8', headers = {} }: ReplyOptions = {},
): void {
  const body = Buffer.from(type.startsWith('text/html') ? text : `${text}\n`);
  response.writeHead(status, { ...headers, 'Content-Type': type, 'Content-Length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

export interface ReplyOptions {
  readonly text?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The page at `/`. */
export const landingPage = `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>rttshark</title></head>
<body>
<h1>rttshark</h1>
<ul>
<li><a href="metrics">Metrics</a></li>
<li><a href="-/healthy">Healthy</a></li>
<li><a href="-/ready">Ready</a></li>
</ul>
</body>
</html>
`;
