import { crc32 } from 'node:zlib';

/** A data frame of a radio network whose payload is encrypted with WEP: a datagram from 10.0.0.1 to 10.0.0.2. */
export function wepFrame(key: Buffer, datagram: Buffer): Buffer {
  const head = Buffer.from('08420000ffffffffffff02000000000202000000000110000000', 'hex').subarray(0, 24);
  const iv = Buffer.from([1, 2, 3]);
  // LLC and SNAP, then what stands behind the Ethernet header of the datagram.
  const plain = Buffer.concat([Buffer.from('aaaa030000000800', 'hex'), datagram.subarray(14)]);
  const check = Buffer.alloc(4);
  check.writeUInt32LE(checksum(plain));
  return Buffer.concat([
    head,
    iv,
    Buffer.from([0]),
    rc4(Buffer.concat([iv, key]), Buffer.concat([plain, check])),
  ]);
}

function checksum(bytes: Buffer): number {
  if (typeof crc32 === 'function') return crc32(bytes);
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb8_8320 : 0);
  }
  return ~crc >>> 0;
}

function rc4(key: Buffer, bytes: Buffer): Buffer {
  const state = Array.from({ length: 256 }, (_, i) => i);
  const swap = (a: number, b: number) => {
    [state[a], state[b]] = [state[b]!, state[a]!];
  };
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + state[i]! + key[i % key.length]!) & 255;
    swap(i, j);
  }
  let [i, j] = [0, 0];
  return Buffer.from(
    bytes.map((byte) => {
      i = (i + 1) & 255;
      j = (j + state[i]!) & 255;
      swap(i, j);
      return byte ^ state[(state[i]! + state[j]!) & 255]!;
    }),
  );
}
