import {
  blockType,
  interfaceDescription,
  packetBlockLength,
  sectionHeader,
  writePacket,
} from './pcapng-blocks.ts';

/**
 * A mark is a packet of our own behind the packets of a shard. tshark prints a row for it, which says that it is through
 * with all that came before: a shard whose packets give no rows tells nothing else. It has an interface of its own, the
 * first one, with a link layer that nobody dissects, so that no packet can look like it and no other packet is
 * dissected otherwise because of it.
 */

/** Selects marks. */
export const markFilter = 'frame.interface_id == 0';

/** The numbers of all other interfaces are larger by so many. */
export const interfaceShift = 1;

/** LINKTYPE_USER15. */
const nobodysLink = 162;
const markBytes = 4;

const description = interfaceDescription({
  name: undefined,
  linkType: nobodysLink,
  snapLength: 0,
  timeResolution: 9,
  timeOffsetSeconds: 0n,
});

/** The block of a mark. Not to be written to. */
export const markBlock = ((): Buffer => {
  const block = Buffer.alloc(packetBlockLength(markBytes));
  const head = {
    interfaceId: 0,
    timeHigh: 0,
    timeLow: 0,
    capturedLength: markBytes,
    originalLength: markBytes,
  };
  writePacket(block, 0, head, Buffer.alloc(markBytes));
  return block;
})();

/** What a capture begins with, with the marks' interface before all others. */
export function preludeWithMarks(prelude: Buffer): Buffer {
  const headerLength = sectionHeader().length;
  return Buffer.concat([prelude.subarray(0, headerLength), description, prelude.subarray(headerLength)]);
}

/** The descriptions of interfaces in a prelude, in the order of their numbers. */
export function descriptionsIn(prelude: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at + 12 <= prelude.length;) {
    const length = prelude.readUInt32LE(at + 4);
    if (prelude.readUInt32LE(at) === blockType.interfaceDescription)
      found.push(prelude.subarray(at, at + length));
    at += length;
  }
  return found;
}
