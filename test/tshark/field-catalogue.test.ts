import { expect } from 'chai';
import {
  catalogueLines,
  checkFields,
  FieldCatalogue,
  loadFieldCatalogue,
  nearHint,
} from '../../src/tshark/field-catalogue.ts';
import { findTshark, type Tshark } from '../../src/tshark/find-tools.ts';
import { rejection } from '../sinks/rejection.ts';
import { fakeTool } from './processes.ts';
import { versionOf } from './versions.ts';

const glossary = [
  'P\tTransmission Control Protocol\ttcp\tP\tX',
  'F\tSource Port\ttcp.srcport\tFT_UINT16\ttcp\tBASE_PT_TCP\t0x0\t',
  'F\tThe RTT\ttcp.analysis.ack_rtt\tFT_RELATIVE_TIME\ttcp\t\t0x0\t',
  'F\tNo name\t\tFT_NONE\ttcp',
  'X\tsomething\tof.later\tFT_NONE',
  'F\tcut',
  '',
].join('\n');

describe('the catalogue of fields', () => {
  it('is cut down to names and types', () => {
    expect(catalogueLines(glossary)).to.equal(
      'tcp\tFT_PROTOCOL\ntcp.srcport\tFT_UINT16\tBASE_PT_TCP\ntcp.analysis.ack_rtt\tFT_RELATIVE_TIME\n',
    );
  });

  const catalogue = new FieldCatalogue(catalogueLines(glossary));

  it('knows the type of a field, and that of the first and the last one', () => {
    expect(catalogue.typeOf('tcp')).to.equal('FT_PROTOCOL');
    expect(catalogue.typeOf('tcp.srcport')).to.equal('FT_UINT16');
    expect(catalogue.typeOf('tcp.analysis.ack_rtt')).to.equal('FT_RELATIVE_TIME');
    expect(catalogue.baseOf('tcp.srcport')).to.equal('BASE_PT_TCP');
    expect(catalogue.baseOf('tcp.analysis.ack_rtt')).to.equal(null);
  });

  for (const name of ['', 'tc', 'srcport', 'tcp.srcport.', 'FT_UINT16', 'tcp\tFT_PROTOCOL', '.*', 'tcp\n']) {
    it(`does not know ${JSON.stringify(name)}`, () => {
      expect(catalogue.has(name)).to.equal(false);
    });
  }

  it('lists its names, and the near ones', () => {
    expect([...catalogue.names()]).to.deep.equal(['tcp', 'tcp.srcport', 'tcp.analysis.ack_rtt']);
    expect(catalogue.near('tcp.srcprt')).to.deep.equal(['tcp.srcport']);
    expect(nearHint('tcp.srcprt', catalogue)).to.equal('Did you mean "tcp.srcport"?');
    expect(nearHint('qqqqqq', catalogue)).to.match(/^Nothing like "qqqqqq" is known/);
  });

  it('is empty for an empty text', () => {
    expect([...new FieldCatalogue('').names()]).to.deep.equal([]);
  });
});

describe("tshark's own catalogue", () => {
  let tshark: Tshark;

  before(async () => {
    tshark = await findTshark();
  });

  it('is the same fresh and kept', async () => {
    const [fresh, kept] = [
      await loadFieldCatalogue(tshark, { fresh: true }),
      await loadFieldCatalogue(tshark),
    ];
    expect(fresh.typeOf('tcp.analysis.ack_rtt')).to.equal('FT_RELATIVE_TIME');
    expect([...kept.names()].length)
      .to.be.greaterThan(10_000)
      .and.equal([...fresh.names()].length);
  });

  it('lets known fields pass', async () => {
    await checkFields(tshark, ['frame.number', 'ip.src', 'tcp']);
    await checkFields(tshark, []);
  });

  it('names every wrong field and what is near', async () => {
    const error = await rejection(checkFields(tshark, ['ip.src', 'tcp.strem', 'ip.dts']), 'filter_invalid');
    expect(error.exitStatus).to.equal(23);
    expect(error.message).to.include('"tcp.strem", "ip.dts"').and.not.include('ip.src');
    expect(error.hint).to.include('"tcp.stream"').and.include('"ip.dst"');
  });

  it('leaves the judgement to tshark where preferences may declare fields', async () => {
    await checkFields(tshark, ['http.header.x_mine'], { mayDeclareMore: true });
  });

  it('fails where the program gives no list', async () => {
    const broken = { path: fakeTool('floods-stderr'), version: versionOf('4.0.17') };
    const error = await rejection(loadFieldCatalogue(broken), 'tshark_died');
    expect(error.message).to.include(broken.path);
    expect(error.detail).to.include('damaged or corrupt');
  });
});
