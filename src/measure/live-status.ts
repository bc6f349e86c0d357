/** What a live capture says of itself: plain figures, taken at one moment. Times are seconds since the epoch. */

/** `waiting` is the pause before something that died is started again. */
export const captureStates = ['starting', 'running', 'waiting', 'stopping'] as const;

export type CaptureState = (typeof captureStates)[number];

/** Packets that were lost, by who lost them. */
export interface DroppedPackets {
  /** The kernel's buffer was full: we read too slowly. */
  readonly kernel: number;
  /** The capturing program's own queue was full. */
  readonly program: number;
  /** The interface or its driver dropped them. */
  readonly interface: number;
}

/** One interface, pipe or remote host. */
export interface SourceStatus {
  /** The interface's name, the pipe's path, `-`, or the remote host without user. */
  readonly name: string;
  readonly kind: 'interface' | 'pipe' | 'remote';
  readonly state: CaptureState;
  /** Packets and bytes (as captured) that came so far, over all restarts. */
  readonly packets: number;
  readonly bytes: number;
  readonly dropped: DroppedPackets;
  /** Whether drops are known while the capture runs; else only when the capturing program has ended. */
  readonly dropsAreLive: boolean;
}

/** How often something that died was started again. */
export interface RestartCount {
  /** `tshark`, `dumpcap`, `tcpdump`, `ssh`. */
  readonly program: string;
  /** One of few words, as a label value: `killed`, `died`, `interface_down`, … */
  readonly reason: string;
  readonly count: number;
}

export interface LiveStatus {
  readonly version: string;
  readonly tsharkVersion: string;
  readonly state: CaptureState;
  readonly startedAt: number;
  readonly sources: readonly SourceStatus[];
  /** Samples that were taken into account, of all measurements. */
  readonly samples: number;
  readonly samplesByMeasurement: readonly MeasurementSamples[];
  /** Rows of tshark's with another number of fields than was asked for: dropped. */
  readonly malformedRows: number;
  /** Values of tshark's that are none of their type: taken for absent. */
  readonly malformedValues: number;
  /** From a packet's time to when its row was taken into account; null before the first. */
  readonly lagSeconds: number | null;
  /** The largest since the start. */
  readonly worstLagSeconds: number | null;
  /** Groups of all measurements, and of what is counted, that are held now, `other` included. */
  readonly groups: number;
  /** Of each measurement, and of the counters together. */
  readonly maxGroups: number;
  /** Groups that were let go because they were idle. */
  readonly expiredGroups: number;
  /** Samples, and packets that are counted, which went to `other`, because there were too many groups. */
  readonly samplesInOther: number;
  /** tshark processes that were started to follow each other, the first included. */
  readonly generations: number;
  /** Rows in which an old and a new tshark, fed the same packets, did not agree when one followed the other. */
  readonly generationDifferences: number;
  /** Resident memory of the tshark processes that run now; null where the system does not tell. */
  readonly tsharkMemoryBytes: number | null;
  readonly restarts: readonly RestartCount[];
  /** Stretches of time in which packets were not captured or not dissected, and how long they were together. */
  readonly gaps: number;
  readonly gapSeconds: number;
  readonly pushes: PushCounts;
  /** Undefined where nothing is written. */
  readonly remoteWrites?: RemoteWriteCounts | undefined;
  /** The share of the flows that is captured: 1 for all. */
  readonly sampledShare: number;
  readonly ring: RingStatus | null;
}

/** How many samples of one measurement were taken into account. */
export interface MeasurementSamples {
  readonly measurement: string;
  readonly count: number;
}

export interface PushCounts {
  readonly succeeded: number;
  /** By error code: `gateway_timeout`, … */
  readonly failed: Readonly<Record<string, number>>;
  readonly lastSuccessAt: number | null;
}

/** Samples of remote writes, as receivers count them: one for each series and moment. */
export interface RemoteWriteCounts {
  /** Taken by the receiver. */
  readonly written: number;
  /** Refused by it, by error code. */
  readonly failed: Readonly<Record<string, number>>;
  /** Given up because too much waited. */
  readonly dropped: number;
  /** Waiting to be written. */
  readonly pending: number;
  readonly lastSuccessAt: number | null;
}

/** The files that are written beside the analysis. */
export interface RingStatus {
  readonly files: number;
  readonly bytes: number;
  /** Packets that could not be written, as to a disk that is full. */
  readonly lostPackets: number;
}
