import { expect } from 'chai';
import { columnTypeFor } from '../../src/capture/field-types.ts';

describe('the column type for a field', () => {
  for (const [field, fieldType, expected] of [
    ['frame.time_epoch', 'FT_ABSOLUTE_TIME', 'time'],
    ['frame.time_epoch', 'FT_RELATIVE_TIME', 'time'],
    ['tcp.analysis.ack_rtt', 'FT_RELATIVE_TIME', 'float64'],
    ['frame.time', 'FT_ABSOLUTE_TIME', 'text'],
    ['tcp.srcport', 'FT_UINT16', 'uint32'],
    ['frame.number', 'FT_UINT32', 'uint32'],
    ['tcp.analysis.acks_frame', 'FT_FRAMENUM', 'uint32'],
    ['x', 'FT_UINT40', 'uint64'],
    ['x', 'FT_UINT64', 'uint64'],
    ['x', 'FT_INT8', 'int32'],
    ['x', 'FT_INT56', 'int64'],
    ['x', 'FT_DOUBLE', 'float64'],
    ['tcp.flags.syn', 'FT_BOOLEAN', 'boolean'],
    ['ip.src', 'FT_IPv4', 'text'],
    ['eth.src', 'FT_ETHER', 'text'],
    ['tcp', 'FT_PROTOCOL', 'text'],
    ['x', 'FT_CHAR', 'text'],
    ['x', 'FT_OF_LATER', 'text'],
    ['x', null, 'text'],
  ] as const) {
    it(`${field} of type ${fieldType ?? 'unknown'} is ${expected}`, () => {
      expect(columnTypeFor(field, fieldType)).to.equal(expected);
    });
  }
});
