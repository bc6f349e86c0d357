import { RttsharkError } from '../../errors.ts';
import { liveExposition } from '../../live/exposition.ts';
import { LiveRun } from '../../live/live-run.ts';
import { prepareLive } from '../../live/prepare-live.ts';
import { checkLiveHistogramName } from '../../metrics/live-families.ts';
import { checkTextfile } from '../../sinks/textfile.ts';
import { wholeNumber } from '../analysis-flags.ts';
import { parseByteSize } from '../byte-size.ts';
import type { CommandContext, CommandEnd } from '../command-context.ts';
import { declaredMeasurements } from '../declared-measurements.ts';
import { prepareGateway, type Gateway } from '../gateway.ts';
import { liveDryRun } from '../live-dry-run.ts';
import { prepareEndpoint, serveLive } from '../live-endpoint.ts';
import { liveOptions, type LiveFlags } from '../live-flags.ts';
import { LivePushes } from '../live-pushes.ts';
import { LiveRemoteWrites } from '../live-remote-writes.ts';
import { LiveReports } from '../live-reports.ts';
import { LiveSinks } from '../live-sinks.ts';
import { LiveTextfile } from '../live-textfile.ts';
import { givesRows } from '../live-rows-flags.ts';
import { Log } from '../log.ts';
import { ownVersion } from '../own-version.ts';
import { pushFormatOf } from '../push-format.ts';
import { resultFormats, type ResultFormat } from '../result-formats.ts';
import { prepareRemoteStore, type RemoteStore } from '../remote-write.ts';

/** `rttshark live`: captures until it is asked to stop, and reports, pushes and serves what it measures. */
export async function liveCommand(flags: LiveFlags, context: CommandContext): Promise<CommandEnd> {
  const log = new Log(context.console, { format: flags.logFormat, level: flags.logLevel });
  try {
    if (givesRows(flags)) {
      const { liveRows } = await import('../live-rows.ts');
      return await liveRows(flags, context, log);
    }
    return await captureLive(flags, context, log);
  } catch (error) {
    if (!(error instanceof RttsharkError)) throw error;
    // People get it as from every command; programs that read the log, as one line of it.
    if (flags.logFormat === 'json') log.error(error);
    else context.console.error(error);
    return [error];
  }
}

async function captureLive(
  flags: LiveFlags,
  { console, configuration, interruption }: CommandContext,
  log: Log,
): Promise<CommandEnd> {
  const reportFormat = formatOfReports(flags);
  const live = liveOptions(flags, declaredMeasurements({ configuration }));
  const top = flags.top === undefined ? undefined : wholeNumber('top', flags.top);
  const format = pushFormatOf(flags);
  const gateway = await gatewayOf(flags, log);
  const store = await storeOf(flags, log);
  if (flags.textfile !== undefined) await checkTextfile(flags.textfile);
  const queueBytes = parseByteSize(flags.remoteWriteQueue);
  const endpoint =
    flags.listen === undefined ? undefined : await prepareEndpoint(flags.listen, flags.webConfigFile);
  const plan = await prepareLive(live);
  if (flags.ownMetrics)
    plan.layouts.forEach(({ name }) => {
      checkLiveHistogramName(name);
    });
  if (flags.dryRun) {
    await console.result(liveDryRun(plan));
    return [];
  }
  const exposition = { plan, ownMetrics: flags.ownMetrics };
  const reports = new LiveReports({
    console,
    log,
    format: reportFormat,
    top,
    intervalSeconds: live.intervalSeconds,
  });
  const run = new LiveRun({
    version: ownVersion(),
    plan,
    onBegun: () => {
      reports.begin(run);
    },
    onReport: (report) => {
      reports.add(report, run.status());
      sinks.start();
      if (reports.nobodyReads && !isOtherwiseOfUse(flags)) run.stop();
    },
    onEvent: (event) => {
      log.write({ ...event, time: new Date() });
    },
  });
  const pushes =
    gateway === undefined ? undefined : new LivePushes({ run, gateway, exposition, format, flags, log });
  if (pushes !== undefined) run.countPushes(() => pushes.counts());
  const writes =
    store === undefined ? undefined : new LiveRemoteWrites({ run, store, exposition, queueBytes, log });
  if (writes !== undefined) run.countRemoteWrites(() => writes.counts());
  const { textfile: file } = flags;
  const textfile = file === undefined ? undefined : new LiveTextfile({ run, file, exposition, log });
  const sinks = new LiveSinks([pushes, writes, textfile]);
  const server = endpoint === undefined ? undefined : await serveLive(endpoint, run, exposition, log);
  const stop = () => {
    interruption.isNoError();
    run.stop();
  };
  interruption.signal.addEventListener('abort', stop, { once: true });
  if (interruption.signal.aborted) stop();
  try {
    const { total, problem } = await run.run();
    await reports.end(total, run.status(), async () => {
      return (await liveExposition(run, 'text', exposition)).body.toString('utf8');
    });
    const problems = [problem, missingSamples(run.status().samples, flags)].filter((error) => error !== null);
    for (const error of problems) log.error(error);
    return [...problems, ...(await sinks.end())];
  } finally {
    reports.close();
    sinks.stop();
    await server?.close();
    interruption.signal.removeEventListener('abort', stop);
  }
}

/** @throws RttsharkError `usage` for a form, or a file, that rows have and reports have not */
function formatOfReports({ format, output }: LiveFlags): ResultFormat | undefined {
  const known = format === undefined ? undefined : resultFormats.find((each) => each === format);
  const wrong = output !== undefined ? '--output' : known === format ? undefined : `--format ${format ?? ''}`;
  if (wrong === undefined) return known;
  throw new RttsharkError('usage', `${wrong} is for rows.`, { hint: 'Name the fields of the rows with -e.' });
}

async function gatewayOf(flags: LiveFlags, log: Log): Promise<Gateway | undefined> {
  if (flags.push === undefined) return undefined;
  const note = (text: string) => {
    log.warn('gateway', text);
  };
  return await prepareGateway(flags.push, flags, { note });
}

async function storeOf(flags: LiveFlags, log: Log): Promise<RemoteStore | undefined> {
  if (flags.remoteWrite === undefined) return undefined;
  const note = (text: string) => {
    log.warn('remote_write', text);
  };
  return await prepareRemoteStore(flags.remoteWrite, flags, { note });
}

/** Whether it is worth going on when nobody reads the reports. */
function isOtherwiseOfUse({ push, remoteWrite, textfile, listen, write }: LiveFlags): boolean {
  return [push, remoteWrite, textfile, listen, write].some((use) => use !== undefined);
}

function missingSamples(samples: number, { requireSamples }: LiveFlags): RttsharkError | null {
  if (samples > 0 || !requireSamples) return null;
  return new RttsharkError('no_samples', 'There was no sample.', {
    hint: 'A sample needs both directions of a TCP connection: a segment and its ACK. Is a filter (-f, -Y) too narrow?',
  });
}
