import { asAsked, fieldSchema, type FieldSchema } from '../capture/field-schema.ts';
import { RttsharkError } from '../errors.ts';
import { fieldDescriptions } from '../extract/field-descriptions.ts';
import { tableBytes } from '../extract/table-bytes.ts';
import { planCapture } from '../packets/capture-plan.ts';
import { planLive } from '../packets/live-plan.ts';
import { openReading } from '../packets/open-reading.ts';
import type { PacketReading } from '../packets/packet-reading.ts';
import { Table } from '../table/table.ts';
import type { CommandContext, CommandEnd } from './command-context.ts';
import { openOutput } from './extract-output.ts';
import { liveDryRun } from './live-dry-run.ts';
import type { LiveFlags } from './live-flags.ts';
import { liveRowsFormat, liveRowsOptions } from './live-rows-flags.ts';
import type { Log } from './log.ts';

/** `rttshark live --extract`: rows as the packets come, until it is asked to stop. */
export async function liveRows(
  flags: LiveFlags,
  { console, interruption }: CommandContext,
  log: Log,
): Promise<CommandEnd> {
  const options = liveRowsOptions(flags);
  const format = liveRowsFormat(flags, console.stdout);
  if (options.fields.length === 0) {
    throw new RttsharkError('usage', 'No field was named.', {
      hint: 'Name one with -e, as tshark -e; "rttshark fields" lists them.',
    });
  }
  const { request } = await planCapture(options);
  const { choices, occurrence, relativeTime, preferences = [] } = options;
  const mayDeclareMore = preferences.length > 0;
  const columns = await fieldSchema(request.tshark, choices, { occurrence, relativeTime, mayDeclareMore });
  const plan = { columns, request: { ...request, schema: columns.read } };
  if (flags.dryRun) {
    await console.result(liveDryRun(await planLive(options, plan)));
    return [];
  }
  const reading = await openReading(options, plan);
  const stop = () => {
    interruption.isNoError();
    reading.finish();
  };
  interruption.signal.addEventListener('abort', stop, { once: true });
  if (interruption.signal.aborted) stop();
  const late =
    options.timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          reading.finish();
        }, options.timeoutMs);
  const output = await openOutput(flags.output, { console });
  try {
    const chunks = asTables(reading, columns);
    const stream = {
      chunks,
      schema: columns.schema,
      fieldDescriptions: await fieldDescriptions({ fields: columns }, request.tshark, format),
    };
    for await (const piece of tableBytes(stream, format)) {
      await output.write(piece);
      if (output.isClosed) break;
    }
    await output.finish();
  } finally {
    clearTimeout(late);
    interruption.signal.removeEventListener('abort', stop);
    await reading.stop();
    await output.discard();
  }
  logEnd(reading, log);
  const problem = await reading.problem();
  if (problem === null) return [];
  log.error(problem);
  return [problem];
}

async function* asTables(
  reading: PacketReading,
  columns: FieldSchema,
): AsyncGenerator<Table, void, undefined> {
  const names = Object.keys(columns.schema);
  for await (const rows of reading) {
    const asked = asAsked(columns, rows);
    yield new Table(Object.fromEntries(names.map((name) => [name, asked.column(name)])));
  }
}

function logEnd(reading: PacketReading, log: Log): void {
  const { rows, packets, dropped } = reading.counts();
  log.info('capture_ended', `${rows} rows of ${packets ?? 0} packets.`, { rows, packets });
  const lost = dropped === null ? 0 : dropped.kernel + dropped.program + dropped.interface;
  if (lost > 0)
    log.warn('drops', `${lost} packets were dropped before they were captured.`, { packets: lost });
}
