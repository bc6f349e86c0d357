import { pipelineFor } from '../../capture/capture-request.ts';
import type { PartDecision } from '../../capture/part-decision.ts';
import { Extraction } from '../../extract/extraction.ts';
import { planExtraction, type ExtractionPlan } from '../../extract/extraction-plan.ts';
import { fieldDescriptions } from '../../extract/field-descriptions.ts';
import { primed } from '../../extract/primed.ts';
import { tableBytes } from '../../extract/table-bytes.ts';
import { pipelineLine } from '../../tshark/pipeline.ts';
import { wholeNumber } from '../analysis-flags.ts';
import type { ByteOutput } from '../byte-output.ts';
import type { CommandContext, CommandEnd } from '../command-context.ts';
import { extractFormat, extractionOptions, type ExtractFlags } from '../extract-flags.ts';
import type { ExtractFormat } from '../extract-formats.ts';
import { openOutput } from '../extract-output.ts';
import { extractedPreview } from '../extracted-preview.ts';
import { Log } from '../log.ts';
import { Progress } from '../progress.ts';

/** `rttshark extract`: fields of packets as data that other programs read. */
export async function extractCommand(flags: ExtractFlags, context: CommandContext): Promise<CommandEnd> {
  const { console, interruption } = context;
  const options = extractionOptions(flags);
  const format = extractFormat(flags, console.stdout);
  const top = wholeNumber('top', flags.top);
  const plan = await planExtraction(options);
  if (flags.dryRun) {
    await console.result(plan.requests.map((request) => `${pipelineLine(pipelineFor(request))}\n`).join(''));
    return [];
  }
  const log = new Log(console, { format: flags.logFormat, level: flags.logLevel });
  logDrive(plan, log);
  const { filter, memoryBytes } = options;
  const onParts = (input: string, decision: PartDecision) => {
    logParts(input, decision, log);
  };
  const extraction = new Extraction(plan, { filter, memoryBytes, onParts });
  const output = await openOutput(flags.output, context);
  const stop = () => void extraction.stop();
  interruption.signal.addEventListener('abort', stop, { once: true });
  // It may have come while we were getting ready.
  if (interruption.signal.aborted) stop();
  const progress = new Progress(console, () => extraction.progress(), 'rows');
  try {
    await write(extraction, plan, { format, top, output }, context);
    if (interruption.error === undefined || flags.output === undefined) await output.finish();
  } finally {
    progress.stop();
    interruption.signal.removeEventListener('abort', stop);
    await extraction.stop();
    await output.discard();
  }
  const problems = [
    ...(interruption.error === undefined ? [] : [interruption.error]),
    ...extraction.problems,
  ];
  for (const problem of problems) console.error(problem);
  if (interruption.error !== undefined && flags.output !== undefined)
    console.note(`"${flags.output}" was not written: the rows are not complete.`);
  return problems;
}

interface Writing {
  readonly format: ExtractFormat;
  readonly top: number;
  readonly output: ByteOutput;
}

async function write(
  extraction: Extraction,
  plan: ExtractionPlan,
  { format, top, output }: Writing,
  { console }: CommandContext,
): Promise<void> {
  // Nothing is written, no header either, where it turns out that there is nothing to be read.
  const stream = {
    chunks: await primed(extraction),
    schema: plan.schema,
    fieldDescriptions: await fieldDescriptions(plan, plan.tshark, format === 'table' ? 'csv' : format),
  };
  if (format === 'table') {
    const text = await extractedPreview(stream, { rows: top, width: console.stdout.width });
    await output.write(Buffer.from(text));
    return;
  }
  for await (const piece of tableBytes(stream, format)) {
    await output.write(piece);
    if (output.isClosed) return;
  }
}

function logParts(input: string, { packetsPerTshark, reason, expectedBytes }: PartDecision, log: Log): void {
  const by =
    packetsPerTshark === undefined
      ? `one tshark: ${reason ?? ''}`
      : `tsharks that follow each other, ${packetsPerTshark} packets each at most`;
  log.debug('parts', `"${input}" is read by ${by}.`, { input, packets_per_tshark: packetsPerTshark ?? null });
  if (expectedBytes === undefined) return;
  const gigabytes = (expectedBytes / 1e9).toFixed(1);
  log.warn(
    'memory',
    `tshark may need ${gigabytes} GB for "${input}", more than --memory allows: ${reason ?? ''}.`,
    {
      input,
      expected_bytes: Math.round(expectedBytes),
    },
  );
}

function logDrive({ requests: [request] }: ExtractionPlan, log: Log): void {
  if (request === undefined) return;
  const { extraction = 'fields', isLean = false } = request;
  const dissectors = isLean ? 'what TCP and what is below it need' : 'all dissectors';
  log.debug('drive', `Values are taken from tshark by ${extraction}, with ${dissectors}.`, {
    extraction,
    lean: isLean,
  });
}
