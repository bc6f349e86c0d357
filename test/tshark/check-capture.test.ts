import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import {
  dumpcapArguments,
  tcpdumpArguments,
  type CaptureOptions,
} from '../../src/tshark/capture-arguments.ts';
import { checkCapture } from '../../src/tshark/check-capture.ts';
import { refusalError } from '../../src/tshark/capture-refusal.ts';

const dumpcap = '/usr/bin/dumpcap';

async function refusal(options: CaptureOptions): Promise<RttsharkError | null> {
  return await checkCapture(dumpcap, options).then(
    () => null,
    (error: unknown) => {
      if (error instanceof RttsharkError) return error;
      throw error;
    },
  );
}

describe('checking a capture', () => {
  it('lets what dumpcap can do pass', async () => {
    expect(await refusal({ interface: 'lo' })).to.equal(null);
    const all = { filter: 'tcp port 80', snapLengthBytes: 192, bufferMebibytes: 4, promiscuous: false };
    expect(await refusal({ interface: 'lo', ...all, linkType: 'EN10MB' })).to.equal(null);
    expect(await refusal({ interface: 'any', ...all, linkType: 'LINUX_SLL2' })).to.equal(null);
  });

  const cases: Readonly<Record<string, [Partial<CaptureOptions>, string, RegExp, RegExp?]>> = {
    'a filter': [
      { filter: 'tcp porrt 80' },
      'filter_invalid',
      /"tcp porrt 80" is not valid .* "lo"/,
      /^can't parse filter expression: syntax error$/,
    ],
    'a display filter': [{ filter: 'tcp.port == 80' }, 'filter_invalid', /"tcp\.port == 80"/, /syntax error/],
    'a filter with an unknown protocol': [
      { filter: 'proto nosuch' },
      'filter_invalid',
      /"proto nosuch"/,
      /nosuch/,
    ],
    'an interface': [
      { interface: 'nope9' },
      'capture_failed',
      /no interface "nope9"/,
      /No such device exists/,
    ],
    'a link type that is none': [{ linkType: 'FOO' }, 'capture_failed', /no link type "FOO"/, /isn't valid/],
    'a link type of others': [
      { linkType: 'IEEE802_11' },
      'capture_failed',
      /no link type "IEEE802_11"/,
      /not one of the DLTs/,
    ],
    'no buffer': [{ bufferMebibytes: 0 }, 'usage', /"0" is no size/],
    'a large buffer': [{ bufferMebibytes: 2048 }, 'usage', /"2048" is no size/],
    'a negative length': [{ snapLengthBytes: -1 }, 'usage', /"-1" is no snapshot length/],
  };
  for (const [what, [change, code, message, detail]] of Object.entries(cases)) {
    it(`refuses ${what} that cannot be`, async () => {
      const error = await refusal({ interface: 'lo', ...change });
      expect(error?.code).to.equal(code);
      expect(error?.message).to.match(message);
      if (detail !== undefined) expect(error?.detail).to.match(detail);
      expect(error?.hint).to.be.a('string');
    });
  }

  it('knows an interface that is switched off', () => {
    const words = 'dumpcap: Device "ifb0" is not up.\n(That device is not up)';
    const { code, message, hint } = refusalError(words, { interface: 'ifb0' }, null);
    expect({ code, message }).to.deep.equal({
      code: 'capture_failed',
      message: 'The interface "ifb0" is switched off.',
    });
    expect(hint).to.include('ip link set ifb0 up');
  });
});

describe('the arguments of', () => {
  const options = {
    interface: 'eth0',
    filter: '-x',
    snapLengthBytes: 192,
    bufferMebibytes: 2,
    promiscuous: false,
    linkType: 'A',
  };
  it('dumpcap', () => {
    expect(dumpcapArguments({ interface: 'eth0' })).to.deep.equal(['-q', '-i', 'eth0', '-w', '-']);
    expect(dumpcapArguments(options).join(' ')).to.equal('-q -i eth0 -f -x -s 192 -p -y A -B 2 -w -');
  });
  it('tcpdump', () => {
    expect(tcpdumpArguments(options).join(' ')).to.equal(
      '-n -U --immediate-mode -i eth0 -s 192 -p -y A -B 2048 -w - -- -x',
    );
  });
});
