import { availableParallelism } from 'node:os';
import { RttsharkError, type ErrorCode } from '../errors.ts';
import { allUnreadable } from '../capture/all-unreadable.ts';
import { errorOfEnd } from '../capture/capture-end.ts';
import type { CaptureEnd } from '../capture/capture-end.ts';
import { CaptureReading, type ReadingProgress } from '../capture/capture-reading.ts';
import { filesOf, nameOf, type CaptureRequest } from '../capture/capture-request.ts';
import { ShardedReading } from '../capture/sharded-reading.ts';
import { sumIfKnown } from '../capture/sum-if-known.ts';
import { CaptureCollector } from '../measure/capture-collector.ts';
import type { Measurement } from '../measure/measurement.ts';
import { countingLayout } from '../metrics/counting-layout.ts';
import type { Schema } from '../table/schema.ts';
import type { Table } from '../table/table.ts';
import { occurrenceSeparator } from '../tshark/arguments.ts';
import { checkFields } from '../tshark/field-catalogue.ts';
import { findTshark, type Tshark } from '../tshark/find-tools.ts';
import type { Analysis, InputResult } from './analysis.ts';
import type { AnalysisOptions } from './analysis-options.ts';
import type { AnalysisPlan } from './analysis-plan.ts';
import { decideAgain } from './decide-again.ts';
import { drivenPlan } from './driven-plan.ts';
import { pipedInput } from './piped-input.ts';
import { byOneProcess, canBeReadAgain } from './read-again.ts';
import { decideShards } from './shard-decision.ts';
import { shareOfWork } from './share-of-work.ts';
import { StatisticsTrial } from './statistics-trial.ts';

/** What came of one source. */
interface SourceResult {
  readonly collector: CaptureCollector;
  readonly inputs: readonly InputResult[];
  readonly problem: RttsharkError | null;
}

/** One source at work, by whatever number of processes. */
interface Reading {
  readonly end: CaptureEnd | undefined;
  readonly rowsMaybeCut: number;
  progress(): ReadingProgress;
  stop(): Promise<void>;
}

/** Errors that would meet every input alike: nothing else needs to be read. */
const sharedByAll: ReadonlySet<ErrorCode> = new Set(['usage', 'filter_invalid', 'tshark_not_found']);

/** So many values take 160 MB while their statistics are worked out. */
const mostExactSamples = 10_000_000;

/** How far an analysis is. */
export interface AnalysisProgress extends ReadingProgress {
  /** How long the statistics are expected to take, once everything has been read. */
  readonly secondsAfter: number;
}

/** One analysis at work: as many inputs side by side as there are cores. */
export class AnalysisRun {
  readonly #options: AnalysisOptions;
  readonly #readings = new Map<number, Reading>();
  #sources = 0;
  #sideBySide = 1;
  /** Whether somebody asks how far it is. */
  #isWatched = false;
  #trial: StatisticsTrial | undefined;
  readonly #stopping = new AbortController();

  constructor(options: AnalysisOptions) {
    this.#options = options;
  }

  /** How far all inputs together are. */
  progress(): AnalysisProgress {
    this.#isWatched = true;
    const all = [...this.#readings.values()].map((reading) => reading.progress());
    const complete = all.length === this.#sources;
    const rows = all.reduce((sum, reading) => sum + reading.rows, 0);
    const share = complete ? shareOfWork(all) : undefined;
    return {
      bytesRead: sumIfKnown(all.map(({ bytesRead }) => bytesRead)),
      bytesTotal: complete ? sumIfKnown(all.map(({ bytesTotal }) => bytesTotal)) : undefined,
      rows,
      share,
      secondsAfter: this.#secondsAfter(share ? rows / share : rows),
    };
  }

  /** Beyond the limit values are not kept, and what is left to do does not grow with them. */
  #secondsAfter(rows: number): number {
    const { exact = false, exactSamples = mostExactSamples } = this.#options;
    return exact || rows <= exactSamples ? (this.#trial?.secondsFor(rows) ?? 0) : 0;
  }

  /** Ends the run early: {@link result} gives what was there by then. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([...this.#readings.values()].map((reading) => reading.stop()));
  }

  /** Whether {@link stop} was called. */
  get stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  /**
   * Reads everything. To be called once.
   *
   * @throws RttsharkError what concerns all inputs (`usage`, `filter_invalid`, `tshark_not_found`, `tshark_too_old`);
   *   what concerns one input is thrown only where nothing could be read at all, else it is among the problems
   */
  async result(): Promise<Analysis> {
    const tshark = await findTshark(this.#options.tshark);
    const plan = await drivenPlan(this.#options, tshark);
    await this.#checkFields(plan, tshark);
    this.#sources = plan.requests.length;
    const all = this.#collector(plan);
    const sources = await this.#readAll(plan, all);
    const problems = sources.flatMap(({ problem }) => problem ?? []);
    if (sources.every(({ problem }) => problem?.code === 'input_unreadable')) throw allUnreadable(problems);
    return {
      tshark: { version: tshark.version.text, path: tshark.path },
      inputs: sources.flatMap(({ inputs }) => inputs),
      ...all.results(),
      problems,
    };
  }

  async #checkFields({ requests }: AnalysisPlan, tshark: Tshark): Promise<void> {
    const fields = Object.keys(requests[0]?.schema ?? {});
    await checkFields(tshark, fields, { mayDeclareMore: (this.#options.preferences ?? []).length > 0 });
  }

  /** @param all - takes over what was collected, in the order of the inputs, as soon as it can */
  async #readAll(plan: AnalysisPlan, all: CaptureCollector): Promise<SourceResult[]> {
    const waiting = [...plan.requests.entries()];
    const results: SourceResult[] = [];
    let joined = 0;
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [i, request] = next;
        const result = await this.#readOnce(i, request, plan);
        results[i] = result;
        for (let done = results[joined]; done !== undefined; done = results[++joined])
          all.addAll(done.collector);
        if (result.problem !== null && sharedByAll.has(result.problem.code)) {
          await this.stop();
          throw result.problem;
        }
      }
    };
    this.#sideBySide = Math.min(availableParallelism(), waiting.length);
    const workers = Array.from({ length: this.#sideBySide }, work);
    const [failed] = (await Promise.allSettled(workers)).filter(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
    return results;
  }

  /** Reads a file, or what comes through a pipe, which comes but once. */
  async #readOnce(i: number, request: CaptureRequest<Schema>, plan: AnalysisPlan): Promise<SourceResult> {
    const piped = await pipedInput(request, this.#options, this.#sideBySide, this.#stopping.signal);
    if (piped === null) return await this.#read(i, request, plan);
    const { spool, decision } = piped;
    try {
      return await this.#read(i, { ...request, spool }, plan, decision);
    } finally {
      await spool.close();
    }
  }

  async #read(
    i: number,
    request: CaptureRequest<Schema>,
    plan: AnalysisPlan,
    decision = decideShards(request, this.#options, this.#sideBySide),
  ): Promise<SourceResult> {
    const name = nameOf(request.input);
    const streamPrefix = plan.requests.length > 1 ? `${name}:` : '';
    // Frames of files that are joined are counted over all of them, and standard input has no name.
    const file = typeof request.input === 'string' && request.input !== '-' ? name : null;
    const collector = this.#collector(plan, { streamPrefix, file });
    this.#options.onShards?.({ input: name, shards: decision.sharded?.shards ?? 1, reason: decision.reason });
    const { sharded } = decision;
    const reading =
      sharded === null ? new CaptureReading(byOneProcess(request)) : new ShardedReading(request, sharded);
    this.#readings.set(i, reading);
    if (this.stopped) await reading.stop();
    let problem: RttsharkError | null = null;
    try {
      if (reading instanceof CaptureReading)
        for await (const packets of reading) {
          collector.add(packets);
          this.#try(plan, packets);
        }
      else
        await collectShared(reading, collector, (...rows) => {
          this.#try(plan, ...rows);
        });
      if (reading.end !== undefined) {
        const { tshark } = request;
        problem = await errorOfEnd(reading.end, { tshark, input: name, filter: this.#options.filter });
      }
    } catch (error) {
      if (!(error instanceof RttsharkError)) throw error;
      problem = error;
    }
    if (reading instanceof ShardedReading && reading.unsafe !== undefined && !this.stopped)
      return await this.#read(
        i,
        request,
        plan,
        decideAgain(request, this.#options, this.#sideBySide, { sharded, reason: reading.unsafe }),
      );
    if (reading.rowsMaybeCut > 0 && !this.stopped && canBeReadAgain(request))
      return await this.#read(i, { ...request, extraction: 'fields' }, plan, decision);
    if (reading instanceof ShardedReading && reading.differences > 0)
      this.#options.onDisagreement?.(name, reading.differences);
    const unread = problem?.code === 'input_unreadable';
    const joined = typeof request.input !== 'string';
    const paths = joined ? filesOf(request.input) : [name];
    return {
      collector,
      inputs: paths.map((path) => ({
        path,
        samples: unread || joined ? null : collector.count,
        truncated: !unread && reading.end?.kind !== 'done',
      })),
      problem,
    };
  }

  /** Finds out, where somebody asks how far it is, what statistics will cost. */
  #try(plan: AnalysisPlan, packets: Table, order?: Uint32Array): void {
    if (!this.#isWatched) return;
    this.#trial ??= new StatisticsTrial(() => this.#collector(plan));
    if (this.#trial.isOpen) this.#trial.add(packets, order);
  }

  #collector(
    { observed }: AnalysisPlan,
    { streamPrefix, file }: { streamPrefix: string; file: string | null } = { streamPrefix: '', file: null },
  ): CaptureCollector {
    const { exemplarBuckets, histogram, exact = false, exactSamples = mostExactSamples } = this.#options;
    const marksOf = ({ name }: Measurement) => {
      const bounds = isPlainList(exemplarBuckets) ? exemplarBuckets : exemplarBuckets?.[name];
      return bounds === undefined ? undefined : { bounds, file };
    };
    return new CaptureCollector({
      ...observed,
      streamPrefix,
      occurrenceSeparator,
      marksOf,
      exactSamples: exact ? Infinity : exactSamples,
      countingOf: (measurement) => countingLayout(measurement, histogram),
    });
  }
}

/** After so many rows it is looked which of them wait for none before them any more: that goes through all groups. */
const mostUnsettled = 200_000;

async function collectShared(
  reading: ShardedReading<Schema>,
  collector: CaptureCollector,
  also: (packets: Table, order: Uint32Array) => void,
): Promise<void> {
  let unsettled = 0;
  for await (const { packets, order } of reading) {
    collector.add(packets, order);
    also(packets, order);
    unsettled += packets.rowCount;
    if (unsettled < mostUnsettled) continue;
    collector.settle(reading.settled);
    unsettled = 0;
  }
}

/** An array, which may be read-only. */
function isPlainList(list: AnalysisOptions['exemplarBuckets']): list is readonly number[] {
  return Array.isArray(list);
}
