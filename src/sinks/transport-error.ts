/** What the network said, reduced to what can be shown: nothing of the request is kept, and so no secret. */

/** How far a request had come: `handshake` is TLS only; `sent` lasts until the head of the answer is complete. */
export type TransportPhase = 'connecting' | 'handshake' | 'sent' | 'answering';

/** Codes of mistakes in a program or its files: explaining them as the network's would hide a bug. */
const mistakes = /^(?:ERR_INVALID_|ERR_MISSING_|ERR_OUT_OF_RANGE|ERR_ASSERTION|UND_ERR_INVALID_|ENOENT$)/;

/** How a server of TLS answers to plain text, if it does. */
const tlsAlert = '\x15\x03';

/** A request that got no (complete) answer. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly code: string | undefined;
  readonly phase: TransportPhase | undefined;

  constructor(message: string, code?: string, phase?: TransportPhase) {
    super(message);
    this.code = code;
    this.phase = phase;
  }
}

/**
 * Reduces any error to its first code, found on the error itself, down its causes (`fetch` puts it there), or in
 * the first of several errors (one for each address that was tried).
 *
 * @returns undefined where there is no code, or one of a mistake: such an error is no failure of the network
 */
export function toTransportError(error: unknown, phase?: TransportPhase): TransportError | undefined {
  if (error instanceof TransportError) return error;
  const seen = new Set<unknown>();
  for (let link = error; link instanceof Error && !seen.has(link); link = inner(link)) {
    seen.add(link);
    const code = codeOf(link);
    // What undici calls a socket error often hides the reason one level down.
    const hidden = code === 'UND_ERR_SOCKET' && inner(link) instanceof Error;
    if (code === undefined || hidden) continue;
    return mistakes.test(code) ? undefined : new TransportError(messageOf(link), code, phase);
  }
  return undefined;
}

/** undici has codes for all but its parser's errors. */
function codeOf(error: Error): string | undefined {
  const { code, data } = error as { code?: unknown; data?: unknown };
  if (typeof code === 'string') return code;
  if (error.name !== 'HTTPParserError') return undefined;
  return typeof data === 'string' && data.startsWith(tlsAlert) ? 'HPE_TLS_ALERT' : 'HPE_INVALID';
}

function inner(error: Error): unknown {
  if (error instanceof AggregateError) return error.errors[0];
  return error.cause;
}

function messageOf(error: Error): string {
  if (error.message !== '') return error.message;
  const first = inner(error);
  return first instanceof Error ? messageOf(first) : error.name;
}
