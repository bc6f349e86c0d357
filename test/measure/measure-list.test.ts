import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import { parseMeasure } from '../../src/measure/measure-list.ts';
import { tcpAckRtt } from '../../src/measure/measurement.ts';
import { parseMeasurement } from '../../src/measure/parse-measurement.ts';
import { presets } from '../../src/measure/presets.ts';

describe('a list of measurements', () => {
  it('has short names, whole names and fields, in its order', () => {
    const measured = parseMeasure('dns, tcp_ack_rtt ,afp.time,login=ldap.time,sip.response-time:ms');
    expect(measured.map(({ name, field, fieldUnit }) => [name, field, fieldUnit])).to.deep.equal([
      ['dns_time', 'dns.time', undefined],
      ['tcp_ack_rtt', 'tcp.analysis.ack_rtt', undefined],
      ['afp_time', 'afp.time', undefined],
      ['login', 'ldap.time', undefined],
      ['sip_response_time', 'sip.response-time', 'milliseconds'],
    ]);
    expect(parseMeasure('tcp')[0]).to.include(tcpAckRtt);
  });

  it('has what was declared first', () => {
    const declared = parseMeasurement({ name: 'dns', field: 'mdns.time' });
    expect(parseMeasure('dns', [declared])).to.deep.equal([declared]);
  });

  it('knows every preset by both of its names, no two of which are alike', () => {
    for (const preset of presets) {
      expect(parseMeasure(preset.preset)).to.deep.equal([preset]);
      expect(parseMeasure(preset.name)).to.deep.equal([preset]);
    }
  });

  for (const list of [
    '',
    'tcp,',
    'tpc',
    'tcp,tcp',
    'dns,dns_time',
    'x=dns',
    'dns.time:min',
    'a b.c',
    '=dns.time',
  ]) {
    it(`is not read from "${list}"`, () => {
      expect(() => parseMeasure(list))
        .to.throw(RttsharkError)
        .with.property('code', 'usage');
    });
  }

  it('names the nearest where one is wrong', () => {
    expect(() => parseMeasure('htpp'))
      .to.throw(RttsharkError)
      .with.property('hint')
      .that.includes('"http"');
  });
});
