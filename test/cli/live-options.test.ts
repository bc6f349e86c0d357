import { expect } from 'chai';
import yargs from 'yargs';
import { withoutGluedOptions } from '../../src/cli/glued-options.ts';
import { liveOptions } from '../../src/cli/options/live-options.ts';

function parser(words: readonly string[]) {
  return yargs(withoutGluedOptions(words))
    .options(liveOptions)
    .parserConfiguration({ 'dot-notation': false, 'parse-numbers': false, 'strip-dashed': false })
    .strictOptions()
    .detectLocale(false)
    .wrap(100)
    .exitProcess(false)
    .fail((message, error) => {
      throw (error as Error | undefined) ?? new Error(message);
    });
}

const flagsOf = async (...words: string[]) => await parser(words).parseAsync();

describe('options of live', () => {
  it('keep the letters of tshark', async () => {
    const flags = await flagsOf(
      ...['-i', 'eth0', '-ieth1', '-i', '-', '-ftcp port 80', '-s96', '-B', '8', '-p', '-yEN10MB'],
      ...['-Ytcp', '-d', 'tcp.port==81,http', '-otcp.x:TRUE', '-c100'],
    );
    expect(flags).to.deep.include({
      interface: ['eth0', 'eth1', '-'],
      captureFilter: 'tcp port 80',
      snaplen: '96',
      bufferSize: '8',
      noPromiscuousMode: true,
      linktype: 'EN10MB',
      displayFilter: 'tcp',
      decodeAs: ['tcp.port==81,http'],
      preference: ['tcp.x:TRUE'],
      packetCount: '100',
    });
  });

  it('know both names of no promiscuous mode, also in a row of letters', async () => {
    expect((await flagsOf('--no-promiscuous-mode')).noPromiscuousMode).to.equal(true);
    expect(await flagsOf('-pi', 'eth0')).to.deep.include({ noPromiscuousMode: true, interface: ['eth0'] });
    expect((await flagsOf()).noPromiscuousMode).to.equal(false);
  });

  it('listen with an address or without', async () => {
    expect((await flagsOf('--listen', '0.0.0.0:9464')).listen).to.equal('0.0.0.0:9464');
    expect((await flagsOf('--listen', '-i', 'lo')).listen).to.equal('');
    expect((await flagsOf('-i', 'lo', '--listen')).listen).to.equal('');
    expect((await flagsOf()).listen).to.equal(undefined);
  });

  it('have the defaults that the help shows', async () => {
    const flags = await flagsOf();
    expect(flags.format).to.equal(undefined);
    expect(flags).to.include({
      interval: '15s',
      maxGroups: '1000',
      expire: '1h',
      generationPackets: '1000000',
      generationMemory: '512MB',
      overlap: '10s',
      restartPause: '30s',
      logFormat: 'text',
      logLevel: 'info',
    });
  });

  it('stand in groups', async () => {
    const help = await parser([]).getHelp();
    const groups = Array.from(help.matchAll(/^([A-Z]\w+):$/gm), ([, name]) => name);
    expect(groups).to.deep.equal([
      ...[
        'Capturing',
        'Reading',
        'Columns',
        'Ending',
        'Reporting',
        'Measuring',
        'Grouping',
        'Bounds',
        'Metrics',
        'Pushgateway',
      ],
      ...['Endpoint', 'Log', 'Options'],
    ]);
    expect(help).to.match(/^ {2}-p, --no-promiscuous-mode /m);
  });
});
