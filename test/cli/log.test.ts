import { expect } from 'chai';
import { Log, type LogOptions } from '../../src/cli/log.ts';
import { RttsharkError } from '../../src/errors.ts';

const stderr = { isTerminal: false, width: undefined, colour: false, unicode: true };

/** The lines that a log writes. */
function linesOf(options: LogOptions, use: (log: Log) => void): string[] {
  const lines: string[] = [];
  const console = { stderr, line: (text: string) => lines.push(text) };
  use(new Log(console, options, () => new Date(0)));
  return lines;
}

describe('cli/log', () => {
  function everything(log: Log): void {
    log.debug('looked', 'Looked.');
    log.info('started', 'Started.', { pid: 12 });
    log.warn('dropped', 'Dropped.');
    log.error(new RttsharkError('tshark_died', 'tshark died.'));
  }

  it('writes a line for each event of its level and above', () => {
    expect(linesOf({ format: 'text', level: 'info' }, everything)).to.deep.equal([
      '1970-01-01T00:00:00.000Z info  Started.  pid=12\n',
      '1970-01-01T00:00:00.000Z warn  Dropped.\n',
      '1970-01-01T00:00:00.000Z error tshark died.  code=tshark_died\n',
    ]);
    for (const [level, count] of [
      ['debug', 4],
      ['warn', 2],
      ['error', 1],
    ] as const) {
      expect(linesOf({ format: 'text', level }, everything)).to.have.length(count);
    }
  });

  it('writes JSON', () => {
    const events = linesOf({ format: 'json', level: 'debug' }, everything).map(
      (line) => JSON.parse(line) as Record<string, unknown>,
    );
    expect(events.map(({ level, event }) => [level, event])).to.deep.equal([
      ['debug', 'looked'],
      ['info', 'started'],
      ['warn', 'dropped'],
      ['error', 'tshark_died'],
    ]);
  });

  it('names what kind of event an error is', () => {
    const failed = new RttsharkError('gateway_timeout', 'Too slow.');
    const [line = ''] = linesOf({ format: 'json', level: 'error' }, (log) => {
      log.error(failed, 'push_failed');
    });
    expect(JSON.parse(line)).to.include({ event: 'push_failed', code: 'gateway_timeout' });
  });
});
