import { expect } from 'chai';
import fc from 'fast-check';
import { RttsharkError } from '../../src/errors.ts';
import { errorEvent, isLogged, logJson, logText, type LogEvent } from '../../src/report/log-line.ts';
import { hostileText } from './sample-results.ts';

const time = new Date('2026-11-24T18:55:42.123Z');
const look = { isTerminal: false, colour: false, unicode: true };
const started: LogEvent = {
  level: 'info',
  event: 'capture_started',
  message: 'Capturing on "eth0".',
  fields: { interface: 'eth0', snaplen: 256, filter: 'tcp port 80', idle: false, rate: null, empty: '' },
  time,
};

describe('report/log-line', () => {
  it('is text with the time, the level, a sentence, and fields quoted where they need it', () => {
    expect(logText(started, look)).to.equal(
      '2026-11-24T18:55:42.123Z info  Capturing on "eth0".  interface=eth0 snaplen=256 ' +
        'filter="tcp port 80" idle=false rate=null empty=""\n',
    );
    expect(logText({ level: 'warn', event: 'gap', message: 'A gap.', time }, look)).to.equal(
      '2026-11-24T18:55:42.123Z warn  A gap.\n',
    );
  });

  it('is an object of JSON with the fields beside what every event has', () => {
    expect(logJson(started)).to.equal(
      '{"time":"2026-11-24T18:55:42.123Z","level":"info","event":"capture_started",' +
        '"message":"Capturing on \\"eth0\\".","interface":"eth0","snaplen":256,"filter":"tcp port 80",' +
        '"idle":false,"rate":null,"empty":""}\n',
    );
    const clash = logJson({ ...started, fields: { level: 'high', message: 'mine' } });
    expect(JSON.parse(clash)).to.include({ level: 'info', level_: 'high', message_: 'mine' });
  });

  it('shows the time of day here and coloured levels on a terminal', () => {
    const line = logText(
      { ...started, level: 'error', fields: {} },
      { ...look, isTerminal: true, colour: true },
    );
    const here = [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) =>
      String(part).padStart(2, '0'),
    );
    expect(line).to.equal(`${here.join(':')} \u001b[31merror\u001b[39m Capturing on "eth0".\n`);
  });

  it('tells all of an error', () => {
    const error = new RttsharkError('capture_failed', 'Capturing on "eth9" failed.', {
      detail: 'no such device\n(SIOCGIFHWADDR)',
      hint: 'See "rttshark interfaces".',
    });
    const event = errorEvent(error, 'capture_failed', time);
    expect(logText(event, look)).to.equal(
      '2026-11-24T18:55:42.123Z error Capturing on "eth9" failed.  code=capture_failed ' +
        'hint="See \\"rttshark interfaces\\"." detail="no such device\\n(SIOCGIFHWADDR)"\n',
    );
    expect(JSON.parse(logJson(event))).to.deep.equal({
      time: '2026-11-24T18:55:42.123Z',
      level: 'error',
      event: 'capture_failed',
      message: 'Capturing on "eth9" failed.',
      code: 'capture_failed',
      hint: 'See "rttshark interfaces".',
      detail: 'no such device\n(SIOCGIFHWADDR)',
    });
    const bare = errorEvent(new RttsharkError('usage', 'No.'), 'usage', time);
    expect(bare.fields).to.deep.equal({ code: 'usage' });
  });

  it('is logged from the least important level on', () => {
    expect(
      (['debug', 'info', 'warn', 'error'] as const).map((level) => isLogged(level, 'warn')),
    ).to.deep.equal([false, false, true, true]);
  });

  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constant(hostileText));
  const fields = fc.dictionary(text, text);

  it('stays one line that steers no terminal, whatever it holds', () => {
    fc.assert(
      fc.property(text, fields, fc.boolean(), (message, some, unicode) => {
        const line = logText({ ...started, message, fields: some }, { ...look, unicode });
        expect(line).to.match(unicode ? /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*\n$/u : /^[\x20-\x7e]*\n$/);
      }),
    );
  });

  it('as JSON is read back as it was', () => {
    fc.assert(
      fc.property(text, fields, (message, some) => {
        const line = logJson({ ...started, message, fields: some });
        expect(line.split('\n')).to.have.length(2);
        const read = JSON.parse(line) as Record<string, unknown>;
        expect(read['message']).to.equal(message);
        for (const [key, value] of Object.entries(some))
          expect([read[key], read[`${key}_`]]).to.include(value);
      }),
    );
  });
});
