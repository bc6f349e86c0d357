import { expect } from 'chai';
import { columnTypeFor } from '../../src/capture/field-types.ts';

describe('the column type for a field', () => {
  for (const [field, fieldType, expected] of [
    ['frame.time_epoch', 'FT_ABSOLUTE_TIME', 'time'],
    ['frame.time_epoch', 'FT_RELATIVE_TIME', 'time'],
    ['tcp.analysis.ack_rtt', 'FT_RELATIVE_TIME', 'float64'],
    ['frame.time', 'FT_ABSOLUTE_TIME', 'time'],
    ['tcp.srcport', 'FT_UINT16', 'uint32'],
    ['frame.number', 'FT_UINT32', 'uint32'],
    ['tcp.analysis.acks_frame', 'FT_FRAMENUM', 'uint32'],
    ['x', 'FT_UINT40', 'uint64'],
    ['x', 'FT_UINT64', 'uint64'],
    ['x', 'FT_INT8', 'int32'],
    ['x', 'FT_INT56', 'int64'],
    ['x', 'FT_DOUBLE', 'float64'],
    ['x', 'FT_FLOAT', 'float64'],
    ['x', 'FT_IEEE_11073_SFLOAT', 'float64'],
    ['tcp.flags.syn', 'FT_BOOLEAN', 'boolean'],
    ['tcp.analysis.retransmission', 'FT_NONE', 'boolean'],
    ['tcp.payload', 'FT_BYTES', 'bytes'],
    ['x', 'FT_UINT_BYTES', 'bytes'],
    ['x', 'FT_GUID', 'text'],
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

  it('is a duration for relative times where nanoseconds are wanted, and for nothing else', () => {
    const options = { relativeTime: 'nanoseconds' } as const;
    expect(columnTypeFor('tcp.analysis.ack_rtt', 'FT_RELATIVE_TIME', options)).to.equal('duration');
    expect(columnTypeFor('frame.time_epoch', 'FT_RELATIVE_TIME', options)).to.equal('time');
    expect(columnTypeFor('tcp.len', 'FT_UINT32', options)).to.equal('uint32');
  });

  it('is that of lists where all occurrences are wanted, whatever the field', () => {
    expect(columnTypeFor('tcp.len', 'FT_UINT32', { occurrence: 'all' })).to.equal('list<uint32>');
    expect(columnTypeFor('ip.src', 'FT_IPv4', { occurrence: 'all' })).to.equal('list<text>');
    expect(
      columnTypeFor('x', 'FT_RELATIVE_TIME', { occurrence: 'all', relativeTime: 'nanoseconds' }),
    ).to.equal('list<duration>');
    expect(columnTypeFor('tcp.len', 'FT_UINT32', { occurrence: 'first' })).to.equal('uint32');
  });
});
