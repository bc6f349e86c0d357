import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { rttshark } from '../support/run-command.ts';

describe('rttshark fields', () => {
  it('finds fields by the words of their descriptions, as tshark has them', async () => {
    const { status, stdout } = await rttshark(['fields', 'initial_rtt', '--format', 'json']);
    expect(status).to.equal(0);
    const { schema, fields } = JSON.parse(stdout) as { schema: string; fields: Record<string, string>[] };
    expect(schema).to.equal('rttshark.fields/1');
    const glossary = execFileSync('tshark', ['-G', 'fields'], { maxBuffer: 256 * 1024 * 1024 }).toString();
    const [, title, name, type] = glossary
      .split('\n')
      .find((line) => line.split('\t')[2] === 'tcp.analysis.initial_rtt')!
      .split('\t');
    expect(fields[0]).to.include({ name, type, column: 'float64' });
    expect(fields[0]?.['description']).to.match(new RegExp(`^${title}`));
  });

  it('lists the fields of a form, in each format', async () => {
    const table = await rttshark(['fields', 'udp.*port']);
    expect(table.stdout).to.match(
      /^name +type +column +description\nudp\.srcport +UINT16 +uint32 +Source Port\n/,
    );
    const csv = await rttshark(['fields', 'udp.*port', '--format', 'csv']);
    expect(csv.stdout).to.match(/^name,type,column,description\nudp\.srcport,FT_UINT16,uint32,Source Port\n/);
    const lines = (await rttshark(['fields', 'udp.*port', '--format', 'jsonl'])).stdout.trimEnd().split('\n');
    expect(JSON.parse(lines[0] ?? '')).to.include({ name: 'udp.srcport', column: 'uint32' });
  });

  it('says what is near where it finds nothing', async () => {
    const { status, stdout, stderr } = await rttshark(['fields', 'tcp.srcprt']);
    expect({ status, stdout }).to.deep.equal({ status: 0, stdout: '' });
    expect(stderr).to.match(/Nothing is like "tcp\.srcprt"\. Did you mean "tcp\.srcport"/);
  });

  it('refuses a pattern that is no regular expression', async () => {
    const { status, stderr } = await rttshark(['fields', '--regex', '(']);
    expect(status).to.equal(2);
    expect(stderr).to.match(/"\(" is no regular expression/);
  });
});
