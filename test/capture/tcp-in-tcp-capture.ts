import { linkType, type Frame } from '../../fixtures/pcap/frame.ts';
import { ip } from '../../fixtures/pcap/ip-layers.ts';
import { ethernet } from '../../fixtures/pcap/link-layers.ts';
import { pcapFile } from '../../fixtures/pcap/pcap-file.ts';
import { ipPacket, macsOf } from '../../fixtures/pcap/tcp-segment.ts';
import { tcp, tcpFlag } from '../../fixtures/pcap/transport-layers.ts';
import { gtpU, tunnelPort } from '../../fixtures/pcap/tunnel-layers.ts';
import { busySegments } from './busy-capture.ts';

/** Connections whose packets go through a tunnel over TCP, each in a segment of its own. */
export function tcpInTcpCapture(): Buffer {
  const next = { client: 1, server: 1 };
  const frames = busySegments({ seed: 3, connections: 4, steps: 6 }).map((segment): Frame => {
    const { from } = segment;
    const to = from === 'client' ? 'server' : 'client';
    const addresses = { client: '172.16.0.1', server: '172.16.0.2' };
    const ends = { src: addresses[from], dst: addresses[to] };
    const ports = { client: 50_000, server: tunnelPort.gtpU };
    const payload = gtpU(ipPacket(segment), 7);
    const fields = { srcPort: ports[from], dstPort: ports[to], seq: next[from], ack: next[to] };
    next[from] += payload.bytes.length;
    const options = { flags: tcpFlag.ack | tcpFlag.psh, window: 60_000, options: Buffer.alloc(0) };
    const outer = ip(tcp(payload, { ...fields, ...options }, ends), {
      ...ends,
      identification: 1,
      dontFragment: true,
    });
    return { timeNs: segment.timeNs, bytes: ethernet(outer, macsOf(from)).bytes };
  });
  return pcapFile(frames, { linkType: linkType.ethernet, nanoseconds: true });
}
