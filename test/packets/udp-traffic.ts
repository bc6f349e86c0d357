import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** Datagrams on the loopback interface, every few milliseconds, while the tests of a `describe` run. */
export interface UdpTraffic {
  /** Where they go: a capture filter with it keeps other traffic out. */
  readonly port: number;
}

/** To be called inside of a `describe`. */
export function udpTraffic(): UdpTraffic {
  let receiver: Socket | undefined;
  let sender: Socket | undefined;
  let timer: NodeJS.Timeout | undefined;
  before(async () => {
    receiver = createSocket('udp4');
    receiver.bind(0, '127.0.0.1');
    await once(receiver, 'listening');
    sender = createSocket('udp4');
    sender.connect(receiver.address().port, '127.0.0.1');
    await once(sender, 'connect');
    timer = setInterval(() => {
      sender?.send('a datagram');
    }, 5);
  });
  after(() => {
    clearInterval(timer);
    sender?.close();
    receiver?.close();
  });
  return {
    get port() {
      if (receiver === undefined) throw new Error('It has not begun.');
      return receiver.address().port;
    },
  };
}
