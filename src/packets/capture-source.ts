import { Readable } from 'node:stream';
import type { CaptureInput } from '../capture/capture-request.ts';

/** Bytes of a capture as they come: a Node `Readable`, a web stream, or any other async iterable. */
export type ByteStream = AsyncIterable<Uint8Array>;

/** A packet in memory. */
export interface RawPacket {
  /** From the link layer on. */
  readonly data: Uint8Array;
  /** When it was captured, in nanoseconds since the Unix epoch; the time at which it is taken by default. */
  readonly timeNs?: bigint | undefined;
  /** Its length on the wire in bytes, where `data` is cut short; that of `data` by default. */
  readonly originalLength?: number | undefined;
}

/** Packets in memory. An async iterable is taken as it goes: a row comes soon after its packet. */
export interface PacketsInput {
  readonly packets: Iterable<Uint8Array | RawPacket> | AsyncIterable<Uint8Array | RawPacket>;
  /** The number that the LINKTYPE_ list has for what the packets begin with; 1, Ethernet, by default. */
  readonly linkType?: number | undefined;
}

/** Somebody else's capture that may go on for ever, as pcap or pcapng: the path of a pipe, `-`, or a stream of bytes. */
export interface PipeInput extends LiveLimits {
  readonly pipe: string | ByteStream;
}

/** Interfaces of this host. */
export interface InterfacesInput extends LiveSettings {
  /** Names or numbers, as `rttshark interfaces` lists them; `any` for all. */
  readonly interfaces: string | readonly string[];
}

/** One interface of a host that ssh connects to without asking for anything. */
export interface RemoteInput extends LiveSettings {
  /** As in `ssh://user@host:port`; user and port may be left out. */
  readonly remote: string;
  /** `any` by default. */
  readonly interface?: string | undefined;
  /** As after ssh's `-o`. */
  readonly sshOptions?: readonly string[] | undefined;
}

/** How packets are captured. */
export interface LiveSettings extends LiveLimits {
  /** In libpcap's language, as after dumpcap's `-f`. */
  readonly captureFilter?: string | undefined;
  /** Bytes that are kept of each packet; all by default. */
  readonly snapLength?: number | undefined;
  /** The kernel's buffer in MiB, 16 by default. */
  readonly bufferMebibytes?: number | undefined;
  /** Name of a link type, as after dumpcap's `-y`. */
  readonly linkType?: string | undefined;
  /** See frames for other hosts too: true by default. */
  readonly promiscuous?: boolean | undefined;
  /** Capture what is in the air, of any network: false by default. */
  readonly monitorMode?: boolean | undefined;
}

/** What a capture that goes on for long keeps to. */
export interface LiveLimits {
  /** Also write the packets to a file, or to files that follow each other. */
  readonly write?: WrittenFiles | undefined;
  /** When one tshark is followed by the next, so that none grows for ever. */
  readonly generation?: Partial<GenerationBounds> | undefined;
}

/** Where packets are written; with a limit, files follow each other. */
export interface WrittenFiles {
  /** As in `trace.pcapng`; with limits, number and time come before the ending. */
  readonly path: string;
  readonly fileBytes?: number | undefined;
  readonly durationSeconds?: number | undefined;
  /** How many are kept; all by default. */
  readonly files?: number | undefined;
}

export interface GenerationBounds {
  /** Packets that one tshark sees, 1,000,000 by default; Infinity for no bound. */
  readonly packets: number;
  /** What it may hold, 512 MB by default. */
  readonly memoryBytes: number;
  /** How long two of them read the same packets, 10 by default. */
  readonly overlapSeconds: number;
}

/** Captures that go on until somebody ends them; tsharks follow each other. */
export type LiveInput = InterfacesInput | RemoteInput | PipeInput;

/** Everything that packets come from. A string is a path, `-` standard input; bytes are a whole capture. */
export type CaptureSource = CaptureInput | Uint8Array | ByteStream | PacketsInput | LiveInput;

export function isLive(input: CaptureSource): input is LiveInput {
  // A Node stream has a property "pipe", too.
  if (typeof input === 'string' || isByteStream(input)) return false;
  return 'interfaces' in input || 'remote' in input || 'pipe' in input;
}

/** Destroys the stream that packets come from, where there is one: nobody else will once it was handed over. */
export function destroySource(input: CaptureSource): void {
  if (typeof input === 'string') return;
  const held =
    'pipe' in input && !isByteStream(input) ? input.pipe : 'packets' in input ? input.packets : input;
  if (held instanceof Readable) held.destroy();
}

export function isByteStream(input: object): input is ByteStream {
  return Symbol.asyncIterator in input;
}
