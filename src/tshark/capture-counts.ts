/** What a capturing program says at its end of the packets of one interface. */
export interface CaptureCounts {
  /** Packets that it took from the kernel; with tcpdump those, too, that the kernel then dropped. */
  readonly received: number;
  /** Dropped because the kernel's buffer was full: we read too slowly. */
  readonly kernelDropped: number;
  /** Dropped because dumpcap's own queue was full. */
  readonly programDropped: number;
  /** Taken, and thrown away when it was stopped. */
  readonly flushed: number;
  /** Dropped by the interface or its driver. */
  readonly interfaceDropped: number;
}

/**
 * What dumpcap says of its drops when it ends. Pure. With several interfaces the sum of them; versions before 2.0 name
 * only one number of drops, which is the kernel's.
 *
 * @param stderr - its last lines of standard error
 * @returns null where it said nothing: it was killed, or captured from a pipe alone
 */
export function parseDumpcapEnd(stderr: readonly string[]): CaptureCounts | null {
  const counts = stderr.flatMap((line): CaptureCounts[] => {
    const [, received, dropped, , pcap, program, flushed, driver] = dumpcapLine.exec(line) ?? [];
    if (received === undefined) return [];
    return [
      {
        received: Number(received),
        kernelDropped: Number(pcap ?? dropped),
        programDropped: Number(program ?? 0),
        flushed: Number(flushed ?? 0),
        interfaceDropped: Number(driver ?? 0),
      },
    ];
  });
  return counts.length === 0 ? null : counts.reduce(sum);
}

/** An interface's name can hold anything, what looks like counts included: the last ones of the line count. */
const dumpcapLine =
  /Packets received\/dropped on interface .*: (\d+)\/(\d+) (\(pcap:(\d+)\/dumpcap:(\d+)(?:\/flushed:(\d+))?(?:\/ps_ifdrop:(\d+))?\) )?\([\d.]+%\)\s*$/;

function sum(a: CaptureCounts, b: CaptureCounts): CaptureCounts {
  return {
    received: a.received + b.received,
    kernelDropped: a.kernelDropped + b.kernelDropped,
    programDropped: a.programDropped + b.programDropped,
    flushed: a.flushed + b.flushed,
    interfaceDropped: a.interfaceDropped + b.interfaceDropped,
  };
}

/**
 * What tcpdump says of its packets: at its end in lines of their own, on SIGUSR1 in one line. Pure.
 *
 * @param stderr - its last lines of standard error; the last counts are taken
 */
export function parseTcpdumpCounts(stderr: readonly string[]): CaptureCounts | null {
  const last = (pattern: RegExp): number | undefined => {
    const found = stderr.map((line) => pattern.exec(line)?.[1]).findLast((count) => count !== undefined);
    return found === undefined ? undefined : Number(found);
  };
  const received = last(/(\d+) packets? received by filter/);
  const kernelDropped = last(/(\d+) packets? dropped by kernel/);
  if (received === undefined || kernelDropped === undefined) return null;
  return {
    received,
    kernelDropped,
    programDropped: 0,
    flushed: 0,
    interfaceDropped: last(/(\d+) packets? dropped by interface/) ?? 0,
  };
}
