/** What one capturing program is asked for. */
export interface CaptureOptions {
  /** One interface, by the name that the system gives it; `any` for all of them. */
  readonly interface: string;
  /** Capture filter in libpcap's language (`-f`); none by default. */
  readonly filter?: string | undefined;
  /** How many bytes of each packet are kept (`-s`); 0 or nothing for all. */
  readonly snapLengthBytes?: number | undefined;
  /** The kernel's buffer (`-B`); the program's own default is 2 MiB. */
  readonly bufferMebibytes?: number | undefined;
  /** Whether to see frames for other hosts too: true by default (`-p` where false). */
  readonly promiscuous?: boolean | undefined;
  /** Whether a radio interface is to be in monitor mode: false by default (`-I` where true). */
  readonly monitorMode?: boolean | undefined;
  /** Name of a link type as libpcap has it (`-y`); the interface's first by default. */
  readonly linkType?: string | undefined;
}

/**
 * The arguments of the dumpcap that writes a capture to its standard output. Pure.
 *
 * As pcapng, which carries the interface's name and costs no time: on an idle link a packet is there after 0.1 s, 0.2 s at
 * most, as with pcap. The kernel hands its packets over in blocks; dumpcap has no option to be prompter.
 */
export function dumpcapArguments(options: CaptureOptions): string[] {
  return [
    '-q',
    '-i',
    options.interface,
    ...(options.filter === undefined ? [] : ['-f', options.filter]),
    ...commonArguments(options),
    ...(options.bufferMebibytes === undefined ? [] : ['-B', options.bufferMebibytes.toString()]),
    '-w',
    '-',
  ];
}

/**
 * The arguments of the tcpdump that does the same, where there is no dumpcap. Pure. It writes pcap, without the
 * interface's name, each packet at once.
 */
export function tcpdumpArguments(options: CaptureOptions): string[] {
  return [
    '-n',
    '-U',
    '--immediate-mode',
    '-i',
    options.interface,
    ...commonArguments(options),
    ...(options.bufferMebibytes === undefined ? [] : ['-B', (options.bufferMebibytes * 1024).toString()]),
    '-w',
    '-',
    ...(options.filter === undefined ? [] : ['--', options.filter]),
  ];
}

function commonArguments({ snapLengthBytes, promiscuous, monitorMode, linkType }: CaptureOptions): string[] {
  return [
    ...(snapLengthBytes === undefined ? [] : ['-s', snapLengthBytes.toString()]),
    ...(promiscuous === false ? ['-p'] : []),
    ...(monitorMode === true ? ['-I'] : []),
    ...(linkType === undefined ? [] : ['-y', linkType]),
  ];
}
