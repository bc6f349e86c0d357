import { expect } from 'chai';
import { outcomeOf, type OutcomeKind } from '../../src/tshark/outcome.ts';
import { versionOf } from './versions.ts';

const [v34, v40, v44, v46] = ['3.4.10', '4.0.17', '4.4.18', '4.6.9'] as const;
type Version = typeof v34 | typeof v40 | typeof v44 | typeof v46;

const rootWarning = 'Running as user "root" and group "root". This could be dangerous.';
const pluginWarning = `tshark: Couldn't load plugin 'falco-events.so': libre2.so.11: cannot open shared object file`;

function judge(version: string, exitCode: number | null, stderr: readonly string[], more = {}) {
  return outcomeOf({ version: versionOf(version), exitCode, signal: null, stderr, stopped: false, ...more });
}

/** What a case was seen to do: its statuses by version, and its words, where they differ by version too. */
interface Case {
  readonly title: string;
  readonly kind: OutcomeKind;
  readonly status: Readonly<Partial<Record<Version, number>>>;
  readonly said: readonly string[] | Readonly<Partial<Record<Version, readonly string[]>>>;
}

const everywhere = (status: number) => ({ [v34]: status, [v40]: status, [v44]: status, [v46]: status });
const opening = { [v34]: 2, [v40]: 2, [v44]: 3, [v46]: 3 };
const reading = { [v34]: 2, [v40]: 2, [v44]: 2, [v46]: 14 };
const filtering = { [v34]: 2, [v40]: 2, [v44]: 4, [v46]: 4 };

const cases: readonly Case[] = [
  { title: 'a whole file', kind: 'done', status: everywhere(0), said: [] },
  {
    title: 'a missing file',
    kind: 'input_unreadable',
    status: opening,
    said: ['tshark: The file "nope.pcap" doesn\'t exist.'],
  },
  {
    title: 'a text',
    kind: 'input_unreadable',
    status: opening,
    said: ['tshark: The file "a.txt" isn\'t a capture file in a format TShark understands.'],
  },
  {
    title: 'a text on standard input',
    kind: 'input_unreadable',
    status: { [v34]: 2, [v40]: 2, [v44]: 3 },
    said: ["tshark: The standard input isn't a capture file in a format TShark understands."],
  },
  {
    title: 'a folder',
    kind: 'input_unreadable',
    status: opening,
    said: ['tshark: "/tmp" is a directory (folder), not a file.'],
  },
  {
    title: 'a file without permission',
    kind: 'input_unreadable',
    status: opening,
    said: ['tshark: You don\'t have permission to read the file "noperm.pcap".'],
  },
  {
    title: 'a device',
    kind: 'input_unreadable',
    status: opening,
    said: ['tshark: The file "/dev/null" is a "special file" or socket or other non-regular file.'],
  },
  {
    title: 'compression that is not supported',
    kind: 'input_unreadable',
    status: { [v44]: 3 },
    said: [
      'tshark: The file "a.lz4" cannot be decompressed; it is compressed in a way that we don\'t support.',
      '(lz4 compressed block size too large)',
    ],
  },
  {
    title: 'a file that ends in a packet',
    kind: 'truncated',
    status: reading,
    said: ['tshark: The file "cut.pcap" appears to have been cut short in the middle of a packet.'],
  },
  {
    title: 'standard input that ends in a packet',
    kind: 'truncated',
    status: reading,
    said: ['tshark: The standard input appears to have been cut short in the middle of a packet.'],
  },
  {
    title: 'a file that ends in its header',
    kind: 'truncated',
    status: opening,
    said: ['tshark: The file "a" appears to have been cut short in the middle of a packet or other data.'],
  },
  {
    title: 'a damaged file',
    kind: 'truncated',
    status: reading,
    said: [
      'tshark: The file "bad.pcap" appears to be damaged or corrupt.',
      '(pcap: File has 2147483647-byte packet, bigger than maximum of 262144)',
    ],
  },
  {
    title: 'damaged compression',
    kind: 'truncated',
    status: { [v40]: 2, [v44]: 3, [v46]: 3 },
    said: [
      'tshark: The file "a.zst" cannot be decompressed; it may be damaged or corrupt.(Data corruption detected)',
    ],
  },
  {
    title: 'a packet of a kind that is not supported, behind others',
    kind: 'truncated',
    status: reading,
    said: ['tshark: The file "a" contains record data that TShark doesn\'t support.', '(pcapng: of a kind)'],
  },
  {
    title: 'an error of the disk',
    kind: 'truncated',
    status: reading,
    said: ['tshark: An error occurred while reading the file "a.pcap": Input/output error.'],
  },
  {
    title: 'a display filter with an unknown name',
    kind: 'filter_invalid',
    status: filtering,
    said: {
      [v34]: ['tshark: "tcp.foo" is neither a field nor a protocol name.'],
      [v40]: ['tshark: tcp.foo is neither a field nor a protocol name.', '    tcp.foo', '    ^~~~~~~'],
      [v44]: ['tshark: "tcp.foo" is not a valid protocol or protocol field.', '    tcp.foo', '    ^~~~~~~'],
      [v46]: ['tshark: "tcp.foo" is not a valid protocol or protocol field.', '    tcp.foo', '    ^~~~~~~'],
    },
  },
  {
    title: 'a display filter that breaks off',
    kind: 'filter_invalid',
    status: filtering,
    said: {
      [v34]: ['tshark: Unexpected end of filter string.'],
      [v40]: ['tshark: Unexpected end of filter expression.'],
      [v44]: ['tshark: Unexpected end of filter expression.'],
      [v46]: ['tshark: Unexpected end of filter expression.'],
    },
  },
  {
    title: 'a display filter with a wrong value',
    kind: 'filter_invalid',
    status: filtering,
    said: {
      [v34]: ['tshark: "abc" cannot be converted to Unsigned integer, 2 bytes.'],
      [v40]: ['tshark: Unsigned integer (2 bytes) cannot be converted from a string ("abc").'],
      [v44]: ['tshark: Unsigned integer (16 bits) cannot be converted from a string ("abc").'],
      [v46]: ['tshark: Unsigned integer (16 bits) cannot be converted from a string ("abc").'],
    },
  },
  {
    title: 'a display filter that quotes other complaints',
    kind: 'filter_invalid',
    status: filtering,
    said: [
      'tshark: Syntax error.',
      '    a.b == "The file \\"x\\" appears to have been cut short" or x == "no such device" or Usage: -o flag',
      '    ^~~~~~~~~~~~~~~~~~~',
    ],
  },
  {
    title: 'an unknown field',
    kind: 'field_invalid',
    status: everywhere(1),
    said: ["tshark: Some fields aren't valid:", '\ttcp.foo'],
  },
  {
    title: 'an unknown preference',
    kind: 'usage',
    status: everywhere(1),
    said: ['tshark: -o flag "foo.bar:1" specifies unknown preference'],
  },
  {
    title: 'a preference without a value',
    kind: 'usage',
    status: everywhere(1),
    said: ['tshark: Invalid -o flag "tcp.desegment_tcp_streams"'],
  },
  {
    title: 'a decode-as that is none',
    kind: 'usage',
    status: everywhere(1),
    said: [
      'tshark: Parameter "foo" doesn\'t follow the template "<layer_type>==<selector>,<decode_as_protocol>"',
      'tshark: Unknown layer type -- foo',
      'tshark: Valid layer types are:',
      '\tacdr.media_type (AC DR Media Type)',
    ],
  },
  {
    title: 'a decode-as with an unknown protocol',
    kind: 'usage',
    status: everywhere(1),
    said: [
      'tshark: Unknown protocol -- "nonesuch"',
      'tshark: Valid protocols for layer type "tcp.port" are:',
    ],
  },
  {
    title: 'a decode-as with a wrong selector',
    kind: 'usage',
    status: everywhere(1),
    said: ['tshark: Invalid selector number "abc"'],
  },
  ...[
    'The specified packet count "abc" isn\'t a decimal number',
    'The specified packet count is zero',
    'The specified packet count "-1" is a negative number',
    'The specified packet count "99999999999" is too large (greater than 2147483647)',
  ].map((words): Case => ({
    title: words,
    kind: 'usage',
    status: everywhere(1),
    said: [`tshark: ${words}`],
  })),
  {
    title: 'an unknown option',
    kind: 'usage',
    status: everywhere(1),
    said: {
      [v34]: ["tshark: unrecognized option '--nonesuch'", 'Usage: tshark [options] ...'],
      [v40]: ['tshark: unrecognized option: nonesuch', 'Usage: tshark [options] ...'],
      [v44]: ['tshark: unrecognized option: nonesuch', 'Usage: tshark [options] ...'],
      [v46]: ['tshark: unrecognized option: nonesuch', 'Usage: tshark [options] ...'],
    },
  },
  {
    title: 'an unknown interface',
    kind: 'capture_failed',
    status: everywhere(1),
    said: {
      [v34]: [
        "Capturing on 'nonesuch0'",
        "tshark: The capture session could not be initiated on interface 'nonesuch0' (No such device exists).",
        'Please check that you have the proper interface or pipe specified.',
      ],
      [v40]: ['tshark: There is no device named "nonesuch0".', '(No such device exists)', 'tshark: '],
      [v44]: ['tshark: There is no device named "nonesuch0".', '(No such device exists)'],
      [v46]: ['tshark: There is no device named "nonesuch0".', '(No such device exists)'],
    },
  },
  {
    title: 'a wrong capture filter',
    kind: 'capture_failed',
    status: everywhere(1),
    said: ['tshark: Invalid capture filter "foo bar" for interface \'Loopback\'.'],
  },
];

function linesOf({ said }: Case, version: Version): readonly string[] {
  return 'length' in said ? said : (said[version] ?? []);
}

describe('what the end of a tshark means', () => {
  for (const ending of cases) {
    const versions = Object.entries(ending.status) as [Version, number][];
    it(`${ending.title}: ${ending.kind}`, () => {
      for (const [version, status] of versions) {
        const lines = linesOf(ending, version);
        const outcome = judge(version, status, lines);
        expect(outcome.kind, version).to.equal(ending.kind);
        const noisy = judge(version, status, [rootWarning, pluginWarning, ...lines]);
        expect(noisy, `${version} with warnings`).to.deep.equal(outcome);
      }
    });
  }

  it('is told in its own words, without its name', () => {
    const { words } = judge(v40, 2, [rootWarning, 'tshark: The file "a" doesn\'t exist.']);
    expect(words).to.equal('The file "a" doesn\'t exist.');
    expect(judge(v40, 2, ['tshark.exe: The file "a" doesn\'t exist.']).words).to.equal(words);
  });

  it("is a signal's doing: died", () => {
    expect(judge(v40, null, ['half a line'], { signal: 'SIGKILL' })).to.deep.equal({
      kind: 'died',
      words: 'half a line',
    });
  });

  for (const [version, status] of [
    [v40, 3],
    [v40, 2],
    [v44, 2],
    [v44, 4],
    [v46, 4],
    [v46, 255],
  ] as const) {
    it(`is status ${status} without a word in ${version}: died`, () => {
      expect(judge(version, status, [rootWarning]).kind).to.equal('died');
    });
  }

  it('is status 2 with unknown words: a wrong filter before 4.2, and no more since', () => {
    expect(judge('4.1.9', 2, ['tshark: Something new.']).kind).to.equal('filter_invalid');
    expect(judge('4.2.0', 2, ['tshark: Something new.']).kind).to.equal('died');
    expect(judge('4.2.0', 4, ['tshark: Something new.']).kind).to.equal('filter_invalid');
  });

  it('is our own wish where we stopped it, whatever it says', () => {
    const cut = ['tshark: The file "a" appears to have been cut short in the middle of a packet.'];
    expect(judge(v40, 2, cut, { stopped: true }).kind).to.equal('stopped');
    expect(judge(v40, null, [], { stopped: true, signal: 'SIGTERM' }).kind).to.equal('stopped');
  });

  it("is done where the user's settings may not be read, or else what comes after", () => {
    const settings = [
      'tshark: You don\'t have permission to read the file "/root/.config/wireshark/hosts".',
      "tshark: Error loading table 'DNS Servers': Permission denied",
      'tshark: Could not open your disabled protocols file',
      '"/root/.config/wireshark/disabled_protos": Permission denied.',
    ];
    expect(judge(v40, 0, settings)).to.deep.equal({ kind: 'done', words: '' });
    const wrongField = ["tshark: Some fields aren't valid:", '\ttcp.foo'];
    expect(judge(v40, 1, [...settings, ...wrongField]).kind).to.equal('field_invalid');
  });

  it('is done with a warning, at status 0', () => {
    expect(judge(v40, 0, ['tshark: Unable to find specified interface']).kind).to.equal('done');
  });

  it('finds names with line ends in them', () => {
    const said = ['tshark: The file "a', 'b.pcap" appears to have been cut short in the middle of a packet.'];
    expect(judge(v40, 2, said).kind).to.equal('truncated');
  });

  it('keeps the head of a long list', () => {
    const list = Array.from({ length: 99 }, (_, i) => `\tprotocol-${i}`);
    const { words } = judge(v40, 1, [
      'tshark: Unknown layer type -- foo',
      'tshark: Valid layer types are:',
      ...list,
    ]);
    expect(words).to.equal('Unknown layer type -- foo');
    expect(judge(v40, 1, ["tshark: Some fields aren't valid:", ...list]).words).to.include('protocol-98');
  });
});

describe('what the end of a mergecap means', () => {
  const cut = 'mergecap: The file "cut.pcap" appears to have been cut short in the middle of a packet.';

  it('is a cut file, though mergecap calls that a success from 4.4 on', () => {
    for (const [version, status] of [
      [v34, 2],
      [v40, 2],
      [v44, 0],
      [v46, 0],
    ] as const) {
      expect(judge(version, status, [cut])).to.deep.equal({
        kind: 'truncated',
        words: 'The file "cut.pcap" appears to have been cut short in the middle of a packet.',
      });
    }
  });

  it('is a file that is no capture', () => {
    const said = ['mergecap: The file "a.txt" isn\'t a capture file in a format mergecap understands.'];
    for (const version of [v34, v40, v44, v46]) {
      expect(judge(version, 2, said).kind, version).to.equal('input_unreadable');
    }
  });
});
