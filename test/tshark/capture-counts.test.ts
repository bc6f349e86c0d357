import { expect } from 'chai';
import { parseDumpcapEnd, parseTcpdumpCounts } from '../../src/tshark/capture-counts.ts';

describe("dumpcap's last words", () => {
  const none = { received: 0, kernelDropped: 0, programDropped: 0, flushed: 0, interfaceDropped: 0 };
  const start = ['Capturing on eth0', 'File: -', 'Packets captured: 80'];
  const cases: Readonly<Record<string, [string[], object | null]>> = {
    'of today': [
      ["Packets received/dropped on interface 'lo': 80/3 (pcap:1/dumpcap:2/flushed:4/ps_ifdrop:5) (96.4%)"],
      { received: 80, kernelDropped: 1, programDropped: 2, flushed: 4, interfaceDropped: 5 },
    ],
    'without flushed packets': [
      ["Packets received/dropped on interface 'lo': 80/3 (pcap:1/dumpcap:2) (96.4%)"],
      { ...none, received: 80, kernelDropped: 1, programDropped: 2 },
    ],
    'with one number': [
      ["Packets received/dropped on interface 'lo': 8/2 (80.0%)"],
      { ...none, received: 8, kernelDropped: 2 },
    ],
    'about an interface with an awkward name': [
      [
        "Packets received/dropped on interface 'a': 1/2 (3.0%)': 80/0 (pcap:0/dumpcap:0/flushed:0/ps_ifdrop:0) (100.0%)",
      ],
      { ...none, received: 80 },
    ],
    'about two interfaces': [
      [
        "Packets received/dropped on interface 'lo': 80/0 (pcap:0/dumpcap:0/flushed:0/ps_ifdrop:0) (100.0%)",
        "Packets received/dropped on interface 'any': 20/7 (pcap:7/dumpcap:0/flushed:0/ps_ifdrop:0) (74.1%)",
      ],
      { ...none, received: 100, kernelDropped: 7 },
    ],
    'that never came': [[], null],
  };
  for (const [what, [lines, expected]] of Object.entries(cases)) {
    it(what, () => {
      expect(parseDumpcapEnd([...start, ...lines])).to.deep.equal(expected);
    });
  }
});

describe("tcpdump's counts", () => {
  it('at its end are lines of their own', () => {
    const lines = [
      'tcpdump: listening on lo, link-type EN10MB (Ethernet), snapshot length 262144 bytes',
      '1 packet captured',
      '4294967295 packets received by filter',
      '1 packet dropped by kernel',
      '7 packets dropped by interface',
    ];
    expect(parseTcpdumpCounts(lines)).to.deep.equal({
      received: 4_294_967_295,
      kernelDropped: 1,
      programDropped: 0,
      flushed: 0,
      interfaceDropped: 7,
    });
  });

  it('meanwhile are one line, of which the last counts', () => {
    const line = (count: number) =>
      `tcpdump: 3 packets captured, ${count} packets received by filter, 2 packets dropped by kernel`;
    expect(parseTcpdumpCounts([line(5), line(6)])).to.include({
      received: 6,
      kernelDropped: 2,
      interfaceDropped: 0,
    });
  });

  it('are none before there were any', () => {
    expect(parseTcpdumpCounts(['tcpdump: listening on lo'])).to.equal(null);
  });
});
