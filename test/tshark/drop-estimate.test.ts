import { expect } from 'chai';
import fc from 'fast-check';
import { DropEstimate } from '../../src/tshark/drop-estimate.ts';
import { InterfaceCounts } from '../../src/tshark/statistics-witness.ts';
import { witnessFilter } from '../../src/tshark/witness-filter.ts';

function came(estimate: DropEstimate, packets: number, atSeconds: number): void {
  estimate.delivered(packets, atSeconds, atSeconds);
}

describe('the estimate of drops', () => {
  it('is a lower bound that never falls, and exact once the wire has been quiet', () => {
    const packet = fc.record({
      gapMs: fc.integer({ min: 0, max: 40 }),
      isDropped: fc.boolean(),
      lateMs: fc.integer({ min: 1, max: 900 }),
    });
    fc.assert(
      fc.property(
        fc.array(packet, { maxLength: 300 }),
        fc.integer({ min: 0, max: 50 }),
        (packets, offset) => {
          const estimate = new DropEstimate();
          // What happens, by when it does: the kernel is asked every 100 ms, packets come late and in order.
          let at = 1000;
          let arrival = 1000;
          const sent = [0, 1].flatMap(() => [{ gapMs: 500, isDropped: false, lateMs: 1 }]);
          const wire = [...sent, ...packets, ...sent].map(({ gapMs, isDropped, lateMs }) => {
            at += gapMs / 1000;
            arrival = Math.max(arrival, at + lateMs / 1000);
            return { at, came: arrival, isDropped };
          });
          const asked = Array.from(
            { length: Math.ceil((arrival - 1000) * 10) + 2 },
            (_, tick) => 1000 + tick / 10,
          );
          const events = [
            ...asked.map((time) => ({ time, packet: undefined })),
            ...wire.filter(({ isDropped }) => !isDropped).map((one) => ({ time: one.came, packet: one })),
          ].sort((a, b) => a.time - b.time);
          let delivered = 0;
          let last = 0;
          for (const event of events) {
            if (event.packet === undefined) {
              const received = offset + wire.filter((one) => one.at <= event.time).length;
              estimate.witnessed({
                received,
                fromSeconds: event.time - 0.001,
                toSeconds: event.time + 0.001,
              });
            } else {
              delivered += 1;
              came(estimate, delivered, event.packet.at);
            }
            const dropped = wire.filter((one) => one.isDropped && one.at <= event.time).length;
            expect(estimate.dropped).to.be.within(last, dropped);
            last = estimate.dropped;
          }
          // Asked between the last packets, which nobody dropped and which are far apart.
          expect(estimate.dropped).to.equal(wire.filter(({ isDropped }) => isDropped).length);
        },
      ),
    );
  });

  it('says nothing of counts from before the clock was set back', () => {
    const estimate = new DropEstimate();
    const ask = (received: number, time: number) => {
      estimate.witnessed({ received, fromSeconds: time, toSeconds: time });
    };
    came(estimate, 10, 1000);
    ask(10, 1001);
    came(estimate, 11, 1002);
    ask(900, 1003);
    came(estimate, 900, 500);
    came(estimate, 901, 1100);
    expect(estimate.dropped).to.equal(0);
    ask(1000, 1101);
    came(estimate, 902, 1102);
    expect(estimate.dropped).to.equal(99);
  });
});

describe('the packets to be witnessed', () => {
  const eth = { interface: 'eth0', filter: 'tcp or udp', loopback: false, loopbackIndex: 1 };
  it('are those of the filter', () => {
    expect(witnessFilter(eth)).to.deep.equal({ filter: 'tcp or udp', linkType: undefined });
  });
  it('pass the loopback twice, and are counted once', () => {
    expect(witnessFilter({ ...eth, loopback: true }).filter).to.equal('(inbound) and (tcp or udp)');
    expect(witnessFilter({ ...eth, interface: 'any', filter: undefined })).to.deep.equal({
      filter: 'not (outbound and ifindex 1)',
      linkType: 'LINUX_SLL2',
    });
    const loopback = new InterfaceCounts('lo', true);
    const other = new InterfaceCounts('eth0', false);
    for (const line of ['eth0\t5\t0', 'lo\t20\t3', 'eth0\t6\t0', 'lo\t22\t3']) {
      loopback.add(line, 0);
      other.add(line, 0);
    }
    expect(loopback.latest?.received).to.equal(11);
    expect(other.latest?.received).to.equal(6);
  });
  it('are counted in 32 bits', () => {
    const counts = new InterfaceCounts('eth0', false);
    for (const count of [4_294_967_290, 4]) counts.add(`eth0\t${count}\t0`, 0);
    expect(counts.latest?.received).to.equal(4_294_967_300);
  });
});
