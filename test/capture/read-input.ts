/**
 * A program that reads the input that its argument names and prints, as JSON, what came of it. SIGUSR2 aborts the
 * reading; it says `ready` before it begins.
 */
import { CaptureReading } from '../../src/capture/capture-reading.ts';
import { findTshark } from '../../src/tshark/find-tools.ts';
import { readAll } from './reading.ts';

const [input = '-', mode] = process.argv.slice(2);
const controller = new AbortController();
process.once('SIGUSR2', () => {
  controller.abort();
});
process.stderr.write('ready\n');
if (mode === 'progress') {
  const reading = new CaptureReading({
    tshark: await findTshark(),
    input,
    schema: { 'frame.number': 'uint32' },
  });
  for await (const chunk of reading) if (chunk.rowCount === 0) throw new Error('An empty chunk.');
  console.log(JSON.stringify(reading.progress()));
} else {
  const { rowCount, error } = await readAll({ input, fields: ['frame.number'], signal: controller.signal });
  console.log(
    JSON.stringify({ rows: rowCount, code: error?.code, message: error?.message, detail: error?.detail }),
  );
}
