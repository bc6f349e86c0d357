import { findCompanion, type Tshark } from '../tshark/find-tools.ts';
import { fileArgument } from '../tshark/arguments.ts';
import { runTool } from '../tshark/run-tool.ts';
import { withoutNoise } from '../tshark/stderr-tail.ts';
import { isKnownCapture, namesOtherFormat } from './capture-format.ts';
import { unreadable } from './input-file.ts';

/**
 * Refuses a file that holds no packets. tshark reads some texts and media files without complaint, as one packet
 * of no protocol; capinfos, which comes with it, tells what it takes them for.
 *
 * @param start - the file's first bytes: for the common formats nothing else is asked
 * @throws RttsharkError `input_unreadable`
 */
export async function checkFormat(path: string, start: Uint8Array, tshark: Tshark): Promise<void> {
  if (isKnownCapture(start)) return;
  const capinfos = findCompanion('capinfos', tshark.path);
  if (capinfos === null) return;
  const { exitCode, stdout, stderr } = await runTool(capinfos, ['-t', fileArgument(path)]);
  // It names the format of a capture that is cut short, too; tshark reads that up to the cut.
  if (exitCode !== 0 && !stdout.includes('File type:')) {
    throw unreadable(path, 'is not a capture', undefined, withoutNoise(stderr.split('\n')).join('\n'));
  }
  if (namesOtherFormat(stdout)) throw unreadable(path, 'is not a capture', undefined, stdout.trim());
}
