import type { InterfaceTable } from '../capture/interface-table.ts';
import { LiveSource, type DropReader, type SourceEvent } from '../capture/live-source.ts';
import type { PacketBatch } from '../capture/packet-batch.ts';
import { PipeSource } from '../capture/pipe-source.ts';
import type { SourceStatus } from '../measure/live-status.ts';
import { parseDumpcapEnd, parseTcpdumpCounts } from '../tshark/capture-counts.ts';
import { captureError } from './capture-error.ts';
import { linkState } from '../tshark/link-state.ts';
import { LinkWatch } from './link-watch.ts';
import type { LiveEvent } from './live-event.ts';
import type { CapturePlan } from './live-plan.ts';
import { reasonOfSource } from './restart-reasons.ts';
import type { Source } from './source.ts';

export interface SourceContext {
  readonly table: InterfaceTable;
  /** Packets that may still come, over all sources. */
  readonly limit: () => number;
  readonly onBatch: (batch: PacketBatch) => void;
  readonly onEvent: (event: LiveEvent) => void;
  readonly onRestart: (program: string, reason: string) => void;
}

/** What {@link makeSources} makes sources of. */
export interface SourcePlans {
  readonly captures: readonly CapturePlan[];
  readonly live: { readonly longestPauseSeconds: number };
}

export function makeSources({ captures, live }: SourcePlans, context: SourceContext): Source[] {
  return captures.map((capture) =>
    capture.kind === 'pipe'
      ? pipe(capture, context)
      : program(capture, live.longestPauseSeconds * 1000, context),
  );
}

const noDrops = { kernel: 0, program: 0, interface: 0 };

function pipe(
  { path, stream }: Extract<CapturePlan, { readonly kind: 'pipe' }>,
  { table, limit, onBatch }: SourceContext,
): Source {
  const source = new PipeSource({ path, stream, table, limit, onBatch });
  let stopping = false;
  return {
    gaps: 0,
    gapSeconds: 0,
    run: (onBegun) => source.run(onBegun),
    stop: () => {
      stopping = true;
      source.stop();
      return Promise.resolve();
    },
    pause: () => {
      source.pause();
    },
    resume: () => {
      source.resume();
    },
    readDrops: () => Promise.resolve(),
    status: (): SourceStatus => ({
      name: path,
      kind: 'pipe',
      state: stopping ? 'stopping' : source.isCapturing ? 'running' : 'starting',
      packets: source.packets,
      bytes: source.bytes,
      dropped: noDrops,
      dropsAreLive: false,
    }),
  };
}

type ProgramPlan = Exclude<CapturePlan, { readonly kind: 'pipe' }>;

function program(plan: ProgramPlan, longestPauseMs: number, context: SourceContext): Source {
  const say = new SourceTalk(plan, context);
  let begun = false;
  let stopping = false;
  let ended = false;
  const source = new LiveSource({
    ...context,
    command: plan.command,
    interfaceName: plan.interfaceName,
    tied: plan.kind === 'remote',
    longestPauseMs,
    dropsOf: (stderr) => {
      const counts = parseDumpcapEnd(stderr) ?? parseTcpdumpCounts(stderr);
      if (counts === null) return null;
      return {
        kernel: plan.loopback ? Math.ceil(counts.kernelDropped / 2) : counts.kernelDropped,
        program: counts.programDropped,
        interface: counts.interfaceDropped,
      };
    },
    watchDrops: (): Promise<DropReader | null> => plan.watchDrops(),
    onEvent: (event) => {
      say.event(event);
    },
  });
  const link = new LinkWatch({
    state: () => (plan.kind === 'interface' ? linkState(plan.interfaceName) : 'unknown'),
    onDown: () => {
      say.down();
    },
    onUp: (afterMs) => {
      say.up(afterMs);
    },
  });
  return {
    get gaps() {
      return source.gaps + link.gaps;
    },
    get gapSeconds() {
      return source.gapSeconds + link.gapSeconds(performance.now());
    },
    run: async (onBegun) => {
      const failed = await source.run(() => {
        begun = true;
        onBegun();
      });
      ended = true;
      if (failed !== null) throw captureError(plan, failed);
    },
    stop: () => {
      stopping = true;
      return source.stop();
    },
    pause: () => {
      source.pause();
    },
    resume: () => {
      source.resume();
    },
    readDrops: () => {
      link.look(performance.now(), source.isCapturing);
      return source.readDrops();
    },
    status: (): SourceStatus => ({
      name: plan.name,
      kind: plan.kind,
      state: stopping
        ? 'stopping'
        : source.isCapturing && !link.isDown
          ? 'running'
          : begun
            ? 'waiting'
            : 'starting',
      packets: source.packets,
      bytes: source.bytes,
      dropped: source.dropped(),
      // After its end, the program has said itself what was dropped.
      dropsAreLive: source.dropsAreLive || ended,
    }),
  };
}

/** What the log says of one source: a reason that stays the same is said once. */
class SourceTalk {
  readonly #plan: ProgramPlan;
  readonly #context: SourceContext;
  #lastReason: string | undefined;

  constructor(plan: ProgramPlan, context: SourceContext) {
    this.#plan = plan;
    this.#context = context;
  }

  event(event: SourceEvent): void {
    const { name } = this.#plan;
    if (event.kind === 'began') {
      const { afterGapMs } = event;
      this.#lastReason = undefined;
      if (afterGapMs === null) return;
      const seconds = (afterGapMs / 1000).toFixed(1);
      this.#say('info', 'capture_resumed', `Capturing on "${name}" again, after a gap of ${seconds} s.`, {
        source: name,
        gap_ms: Math.round(afterGapMs),
      });
      return;
    }
    const { reason, words } = reasonOfSource(event.ending);
    this.#context.onRestart(this.#plan.program, reason);
    const isNews = reason !== this.#lastReason;
    this.#lastReason = reason;
    const message = `Capturing on "${name}" ended (${reason}); it is started again.`;
    this.#say(isNews ? 'warn' : 'debug', 'capture_died', message, {
      source: name,
      program: this.#plan.program,
      reason,
      detail: words,
      pause_ms: event.pauseMs,
    });
  }

  down(): void {
    const { name } = this.#plan;
    const message = `The interface "${name}" is down: nothing can be captured until it is up again.`;
    this.#say('warn', 'interface_down', message, { source: name });
  }

  up(afterMs: number): void {
    const { name } = this.#plan;
    const message = `The interface "${name}" is up again, after ${(afterMs / 1000).toFixed(1)} s.`;
    this.#say('info', 'interface_up', message, { source: name, gap_ms: Math.round(afterMs) });
  }

  #say(level: LiveEvent['level'], event: string, message: string, fields: LiveEvent['fields']): void {
    this.#context.onEvent({ level, event, message, fields });
  }
}
