import { RttsharkError } from '../errors.ts';
import { dumpcapArguments, type CaptureOptions } from './capture-arguments.ts';
import { isPermissionRefusal, refusalError } from './capture-refusal.ts';
import { adviseOnPermission } from './look-at-permission.ts';
import { runTool } from './run-tool.ts';
import { withoutNoise } from './stderr-tail.ts';

/**
 * Checks before a capture that it can begin: the interface opens, the link type is one of its own, the filter compiles for
 * it. dumpcap is asked for the filter's code, for which it opens the interface and captures nothing.
 *
 * @param dumpcap - its path
 * @param options - with the filter as the user wrote it, which messages quote; a share of the flows is added behind this
 * @throws RttsharkError `capture_failed`; `filter_invalid` for the filter; `usage` for sizes that are none
 */
export async function checkCapture(dumpcap: string, options: CaptureOptions): Promise<void> {
  refuseSizes(options);
  // Its exit status says nothing: without code there was a problem.
  const { stdout, stderr, spawnError } = await runTool(dumpcap, ['-d', ...dumpcapArguments(options)]);
  if (/^\(000\) /m.test(stdout)) return;
  const words = withoutNoise(stderr.split('\n')).join('\n') || (spawnError ?? '');
  const advice = isPermissionRefusal(words) ? await adviseOnPermission(dumpcap) : null;
  throw refusalError(words, options, advice);
}

/** libpcap takes bytes as a signed number of 32 bits. */
const mostMebibytes = 2047;

function refuseSizes({ bufferMebibytes: buffer, snapLengthBytes: snapLength }: CaptureOptions): void {
  if (buffer !== undefined && !(Number.isInteger(buffer) && buffer >= 1 && buffer <= mostMebibytes)) {
    throw new RttsharkError('usage', `"${buffer}" is no size of the capture buffer.`, {
      hint: `-B takes whole MiB, from 1 to ${mostMebibytes}.`,
    });
  }
  if (
    snapLength !== undefined &&
    !(Number.isInteger(snapLength) && snapLength >= 0 && snapLength <= 262_144)
  ) {
    throw new RttsharkError('usage', `"${snapLength}" is no snapshot length.`, {
      hint: '-s takes whole bytes, from 1 to 262144; 0 is all.',
    });
  }
}
