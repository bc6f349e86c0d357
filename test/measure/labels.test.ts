import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import { labelSources, parseLabels } from '../../src/measure/labels.ts';
import { measurementSchema, tcpAckRtt } from '../../src/measure/measurement.ts';
import { labelValue } from '../../src/measure/label-values.ts';

describe('labels', () => {
  it('are read from a list, in its order', () => {
    expect(parseLabels('dst, src ,stream')).to.deep.equal(['dst', 'src', 'stream']);
    expect(parseLabels('none')).to.deep.equal([]);
  });

  it('are fields too, with or without a name of their own', () => {
    expect(labelSources(parseLabels('src,dns.qry.type,code=http.response.code'), true)).to.deep.equal([
      { label: 'src', source: 'dst' },
      { label: 'dns_qry_type', source: { field: 'dns.qry.type' } },
      { label: 'code', source: { field: 'http.response.code' } },
    ]);
  });

  for (const list of [
    '',
    'src,',
    'scr',
    'src,src',
    'none,src',
    'SRC',
    'x=src',
    '1=a.b',
    'a.b,a_b=c.d',
    '.a',
    'a.',
  ]) {
    it(`are not read from "${list}"`, () => {
      expect(() => parseLabels(list))
        .to.throw(RttsharkError)
        .with.property('code', 'usage');
    });
  }

  it('name the nearest where one is wrong', () => {
    expect(() => parseLabels('src_prt'))
      .to.throw(RttsharkError)
      .with.property('hint')
      .that.includes('"src_port"');
  });
});

describe('the pair turned round', () => {
  it('takes addresses and ports from the other end, and nothing else', () => {
    const sources = labelSources(['src', 'dst', 'src_port', 'dst_port', 'stream', 'interface'], true);
    expect(sources.map(({ source }) => source)).to.deep.equal([
      'dst',
      'src',
      'dst_port',
      'src_port',
      'stream',
      'interface',
    ]);
  });

  it('asks for the fields of the other end', () => {
    const { 'tcp.srcport': source, ...others } = measurementSchema(
      tcpAckRtt,
      labelSources(['dst_port'], true),
    );
    expect(source).to.equal('text');
    expect(others).to.not.have.property('tcp.dstport');
  });
});

describe('the value of a label', () => {
  const packet: Readonly<Record<string, readonly string[]>> = {
    'frame.protocols': ['eth:ethertype:ip:gre:ipv6:tcp'],
    'ip.src': ['10.0.0.1'],
    'ip.dst': ['10.0.0.2'],
    'ipv6.src': ['2001:db8::1'],
    'ipv6.dst': ['2001:db8::2'],
    'tcp.srcport': ['1', '443'],
    'tcp.dstport': ['2', '50000'],
    'tcp.stream': ['0', '7'],
    'frame.interface_id': ['1'],
  };
  const read = (field: string) => packet[field] ?? [];

  it('is that of the innermost layer', () => {
    expect(labelValue('src', read)).to.equal('2001:db8::1');
    expect(labelValue('dst', read)).to.equal('2001:db8::2');
    expect(labelValue('src_port', read)).to.equal('443');
    expect(labelValue('dst_port', read)).to.equal('50000');
    expect(labelValue('stream', read)).to.equal('7');
  });

  it('is the name of an interface, else its number, else nothing', () => {
    expect(
      labelValue('interface', (field) => (field === 'frame.interface_name' ? ['eth0'] : read(field))),
    ).to.equal('eth0');
    expect(labelValue('interface', read)).to.equal('1');
    expect(labelValue('interface', () => [])).to.equal('');
  });

  it('is empty where the packet has none', () => {
    expect(labelValue('src', () => [])).to.equal('');
    expect(labelValue('stream', () => [])).to.equal('');
  });
});
