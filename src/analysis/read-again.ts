import { statSync } from 'node:fs';
import { filesOf, nameOf, type CaptureRequest } from '../capture/capture-request.ts';
import { asStandardInput } from '../capture/standard-input.ts';
import type { Schema } from '../table/schema.ts';

/** Whether the same packets come once more: not so of standard input and pipes. */
export function canBeReadAgain({ input }: CaptureRequest<Schema>): boolean {
  const files = filesOf(input);
  return (
    files.length > 0 && files.every((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
  );
}

/** The same request for one process: what is kept of a pipe is read as the pipe is. */
export function byOneProcess({ spool, ...request }: CaptureRequest<Schema>): CaptureRequest<Schema> {
  if (spool === undefined) return request;
  const name = asStandardInput(nameOf(request.input));
  return { ...request, input: '-', stream: { bytes: spool.stream(), name } };
}
