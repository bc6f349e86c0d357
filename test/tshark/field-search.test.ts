import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import type { CatalogueEntry } from '../../src/tshark/field-catalogue.ts';
import { describedLines } from '../../src/tshark/field-descriptions.ts';
import { searchFields } from '../../src/tshark/field-search.ts';

function entry([name, description]: readonly [string, string]): CatalogueEntry {
  return { name, fieldType: 'FT_UINT32', base: null, description };
}

const entries = (
  [
    ['aeron.rtt', 'RTT Message'],
    ['wlan.starttime', 'Start Time'],
    ['tcp', 'Transmission Control Protocol'],
    ['tcp.analysis.ack_rtt', 'How long it took to ACK'],
    ['tcp.port', 'Source or Destination Port'],
    ['tcp.analysis', 'SEQ/ACK analysis'],
    ['udp.port', 'Source or Destination Port'],
    ['ntp.rootdelay', 'Total round trip delay'],
    ['x.tcp', 'The trip round'],
  ] as const
).map(entry);

function found(pattern: string, isRegex = false): string[] {
  return searchFields(entries, pattern, { isRegex }).map(({ name }) => name);
}

describe('searching fields', () => {
  for (const [pattern, names] of [
    ['tcp', ['tcp', 'tcp.port', 'tcp.analysis', 'tcp.analysis.ack_rtt', 'x.tcp']],
    ['RTT', ['tcp.analysis.ack_rtt', 'wlan.starttime', 'aeron.rtt']],
    ['round trip', ['ntp.rootdelay', 'x.tcp']],
    ['port udp', ['udp.port']],
    ['tcp.*', ['tcp.analysis.ack_rtt', 'tcp.port', 'tcp.analysis']],
    ['*.PORT', ['tcp.port', 'udp.port']],
    ['t.p', []],
    ['', entries.map(({ name }) => name).sort()],
  ] as const) {
    it(`for "${pattern}" finds ${names.length === 0 ? 'nothing' : names.join(', ')}`, () => {
      expect(pattern === '' ? found('').sort() : found(pattern)).to.deep.equal(names);
    });
  }

  it('takes a regular expression, for names before descriptions', () => {
    expect(found('^(udp|tcp)\\.port$|round$', true)).to.deep.equal(['tcp.port', 'udp.port', 'x.tcp']);
  });

  it('refuses what is no regular expression', () => {
    expect(() => found('(', true)).to.throw(RttsharkError, '"(" is no regular expression');
  });
});

describe('descriptions of fields', () => {
  it('are the title, and what is said beside it', () => {
    const glossary = [
      'P\tTransmission Control Protocol\ttcp',
      'F\tSource Port\ttcp.srcport\tFT_UINT16\ttcp\tBASE_PT_TCP\t0x0\t',
      'F\tLength\ttcp.len\tFT_UINT32\ttcp\tBASE_DEC\t0x0\tlength',
      'F\tName\tdns.qry.name\tFT_STRING\tdns\t\t0x0\tQuery Name',
      '',
    ].join('\n');
    expect(describedLines(glossary)).to.equal(
      [
        'tcp\tFT_PROTOCOL\t\tTransmission Control Protocol\n',
        'tcp.srcport\tFT_UINT16\tBASE_PT_TCP\tSource Port\n',
        'tcp.len\tFT_UINT32\tBASE_DEC\tLength\n',
        'dns.qry.name\tFT_STRING\t\tName: Query Name\n',
      ].join(''),
    );
  });
});
