import { expect } from 'chai';
import { areHarmless, isLeanSafe } from '../../src/tshark/lean-request.ts';

const fields = ['frame.time_epoch', 'ip.src', 'tcp.analysis.ack_rtt'];
const isDisabled = (protocol: string) => ['http', 'tls', 'dns'].includes(protocol);

describe('the lean profile is taken', () => {
  for (const displayFilter of [
    undefined,
    '',
    'tcp.analysis.ack_rtt',
    '(tcp.analysis.ack_rtt) and (ip.src == 10.0.0.1 or not (tcp.port in {80, 443}))',
    'ipv6.addr == 2001:db8::/32 && !tcp.analysis.retransmission',
    'frame.interface_name == "eth0" and eth.src == 02:00:00:00:00:01',
  ])
    it(`for the filter ${displayFilter}`, () => {
      expect(isLeanSafe({ fields, displayFilter }, isDisabled)).to.equal(true);
    });

  it('for a rule whose protocol stays enabled, and preferences of TCP and IP', () => {
    expect(isLeanSafe({ fields, decodeAs: ['udp.port==5000,vxlan'] }, isDisabled)).to.equal(true);
    expect(isLeanSafe({ fields, preferences: ['tcp.relative_sequence_numbers:FALSE'] }, isDisabled)).to.equal(
      true,
    );
  });
});

describe('every dissector stays enabled', () => {
  for (const displayFilter of [
    'http',
    'tcp.analysis.ack_rtt and tls.handshake.type == 1',
    'tcp.stream == 3',
    '.tcp.stream == 3',
    'tcp.seq == -tcp.stream',
    'frame contains "GET"',
    'tcp.payload matches "x"',
    'len(tcp) > 3',
    'tcp[0:2] == 00:50',
    '${macro}',
    'tcp.srcport == $tcp.dstport',
    'ip.host == server',
    'frame.protocols == "eth"',
    'tcp ~ "x"',
  ])
    it(`for the filter ${displayFilter}`, () => {
      expect(isLeanSafe({ fields, displayFilter }, isDisabled)).to.equal(false);
    });

  for (const field of [
    'tcp.stream',
    'http.host',
    'frame.protocols',
    'tcp.analysis.bytes_in_flight',
    'udp.stream',
  ])
    it(`for the field ${field}`, () => {
      expect(isLeanSafe({ fields: [...fields, field] }, isDisabled)).to.equal(false);
    });

  for (const rule of ['tcp.port==8080,http', 'tcp.port==8080', 'tcp.port==8080,'])
    it(`for the rule ${rule}`, () => {
      expect(isLeanSafe({ fields, decodeAs: [rule] }, isDisabled)).to.equal(false);
    });

  for (const preference of [
    'tcp.try_heuristic_first:TRUE',
    'udp.try_heuristic_first:TRUE',
    'tls.keys_list:x',
    'uat:x',
  ])
    it(`for the preference ${preference}`, () => {
      expect(areHarmless([preference])).to.equal(false);
    });
});
