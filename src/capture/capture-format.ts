/** Capture formats that are told by their first bytes, compressed ones included. Pure. */
const signatures: readonly (readonly number[])[] = [
  [0xa1, 0xb2, 0xc3, 0xd4], // pcap, microseconds, either byte order
  [0xd4, 0xc3, 0xb2, 0xa1],
  [0xa1, 0xb2, 0x3c, 0x4d], // pcap, nanoseconds
  [0x4d, 0x3c, 0xb2, 0xa1],
  [0x34, 0xcd, 0xb2, 0xa1], // pcap as modified by Kuznetzov
  [0xa1, 0xb2, 0xcd, 0x34],
  [0x0a, 0x0d, 0x0d, 0x0a], // pcapng
  [0x1f, 0x8b], // gzip
  [0x28, 0xb5, 0x2f, 0xfd], // zstd
  [0x04, 0x22, 0x4d, 0x18], // lz4
];

/** Whether these first bytes are those of a format that holds packets for certain. */
export function isKnownCapture(start: Uint8Array): boolean {
  return signatures.some((signature) => signature.every((byte, i) => start[i] === byte));
}

/** Wireshark opens media and text formats too, as one "packet" of the whole file. */
const withoutPackets =
  /\b(?:MIME|MP4|MPEG|JavaScript Object Notation|RFC 7468|Ruby|ASN\.1|Logcat|journal)\b/i;

/** Whether what `capinfos -t` prints names a format that holds no packets of a network. */
export function namesOtherFormat(capinfos: string): boolean {
  return withoutPackets.test(/^File type:\s*(.*)$/m.exec(capinfos)?.[1] ?? '');
}
