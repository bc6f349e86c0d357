import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import { parseInterfaceList } from '../../src/tshark/interface-list.ts';
import { linkStateOf } from '../../src/tshark/link-state.ts';
import { resolveInterface } from '../../src/tshark/resolve-interface.ts';
import { program } from '../support/run-command.ts';
import { wiredHosts } from './network-namespace.ts';

const run = promisify(execFile);

describe("dumpcap's list of interfaces", () => {
  const older = [
    '1. eth0\t\t\t0\t192.0.2.2,fd00::2\tnetwork\t',
    '2. \\Device\\NPF_{1}\tIntel(R) Ethernet\tEthernet 2\t5\t\tnetwork\t',
    '3. lo\t\tLoopback\t0\t127.0.0.1,::1\tloopback\t',
    '4. odd\tby vendor\t\t77\t\tnetwork\t',
    '',
  ].join('\n');
  const told = (
    friendly: string | null,
    vendor: string | null,
    type: number,
    addrs: string[],
    loopback: boolean,
  ) => ({
    friendly_name: friendly,
    vendor_description: vendor,
    type,
    addrs,
    loopback,
    extcap: '',
  });
  const newer = JSON.stringify([
    { eth0: told(null, null, 0, ['192.0.2.2', 'fd00::2'], false) },
    { '\\Device\\NPF_{1}': told('Ethernet 2', 'Intel(R) Ethernet', 5, [], false) },
    { lo: told('Loopback', null, 0, ['127.0.0.1', '::1'], true) },
    { odd: told(null, 'by vendor', 77, [], false) },
  ]);
  const expected = [
    {
      number: 1,
      name: 'eth0',
      description: null,
      type: 'wired',
      addresses: ['192.0.2.2', 'fd00::2'],
      loopback: false,
    },
    {
      number: 2,
      name: '\\Device\\NPF_{1}',
      description: 'Ethernet 2',
      type: 'wireless',
      addresses: [],
      loopback: false,
    },
    {
      number: 3,
      name: 'lo',
      description: 'Loopback',
      type: 'wired',
      addresses: ['127.0.0.1', '::1'],
      loopback: true,
    },
    { number: 4, name: 'odd', description: 'by vendor', type: 'other', addresses: [], loopback: false },
  ] as const;

  it('is read as versions before 4.4 print it', () => {
    expect(parseInterfaceList(older)).to.deep.equal(expected);
  });

  it('is read as versions from 4.4 on print it', () => {
    expect(parseInterfaceList(newer)).to.deep.equal(expected);
  });

  it('gives the interface that is meant by a name, a description or a number', () => {
    for (const text of ['lo', 'Loopback', '3']) expect(resolveInterface(text, expected).name).to.equal('lo');
  });

  it('has the nearest name where there is none', () => {
    for (const [text, hint] of [
      ['etho', /Did you mean "eth0"\?.*rttshark interfaces/],
      ['9', /^"rttshark interfaces"/],
    ] as const) {
      const failure = (() => {
        try {
          return resolveInterface(text, expected);
        } catch (error) {
          return error;
        }
      })();
      expect(failure).to.be.instanceOf(RttsharkError).and.include({ code: 'capture_failed' });
      expect((failure as RttsharkError).message).to.include(`"${text}"`);
      expect((failure as RttsharkError).hint).to.match(hint);
    }
  });
});

describe('the state of a link', () => {
  const cases = [
    [undefined, undefined, 'unknown'],
    ['up', '1', 'up'],
    ['unknown', '1', 'up'],
    ['unknown', '0', 'down'],
    ['unknown', undefined, 'unknown'],
    ['down', undefined, 'down'],
    ['lowerlayerdown', '0', 'down'],
    ['dormant', '1', 'down'],
  ] as const;
  for (const [operstate, carrier, state] of cases) {
    it(`is ${state} where Linux says ${operstate ?? 'nothing'} and ${carrier ?? 'nothing'}`, () => {
      expect(linkStateOf({ operstate, carrier })).to.equal(state);
    });
  }
});

describe('rttshark interfaces', function () {
  this.timeout(20_000);

  interface Listed {
    readonly number: number;
    readonly name: string;
    readonly description: string | null;
    readonly state: string;
    readonly addresses: readonly string[];
  }

  async function list(
    before: readonly string[],
  ): Promise<{ listed: Listed[]; table: string; tshark: string[] }> {
    const inside = async (...words: string[]) => {
      const [file = '', ...args] = [...before, ...words];
      return (await run(file, args)).stdout;
    };
    const { schema, interfaces } = JSON.parse(
      await inside(process.execPath, program, 'interfaces', '--format', 'json'),
    ) as { schema: string; interfaces: Listed[] };
    expect(schema).to.equal('rttshark.interfaces/1');
    const table = await inside(process.execPath, program, 'interfaces');
    const tshark = (await inside('tshark', '-D')).trimEnd().split('\n');
    return { listed: interfaces, table, tshark };
  }

  const asTshark = ({ number, name, description }: Listed) =>
    `${number}. ${name}${description === null ? '' : ` (${description})`}`;

  it('lists what tshark lists, with the same numbers', async () => {
    const { listed, table, tshark } = await list([]);
    expect(listed.length).to.be.greaterThan(1);
    expect(listed.map(asTshark)).to.deep.equal(tshark.slice(0, listed.length));
    expect(table.trimEnd().split('\n')).to.have.length(listed.length + 1);
    expect(listed.find(({ name }) => name === 'lo')).to.include({ state: 'up' });
  });

  it('does so in a network namespace, with states', async () => {
    const hosts = await wiredHosts();
    try {
      const { listed, tshark } = await list(hosts.inside(hosts.left));
      expect(listed.map(asTshark)).to.deep.equal(tshark.slice(0, listed.length));
      const left = listed.find(({ name }) => name === 'left');
      expect(left?.addresses).to.include.members(['10.99.0.1', 'fd99::1']);
      expect(left?.state).to.equal('up');
      await run('ip', ['-n', hosts.right, 'link', 'set', 'right', 'down']);
      const { listed: now } = await list(hosts.inside(hosts.left));
      expect(now.find(({ name }) => name === 'left')?.state).to.equal('down');
    } finally {
      await hosts.remove();
    }
  });
});
