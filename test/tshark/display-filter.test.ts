import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import { bothFilters, filterError, unknownName } from '../../src/tshark/display-filter.ts';
import { findTshark, type Tshark } from '../../src/tshark/find-tools.ts';

describe('two display filters at once', () => {
  for (const [users, expected] of [
    ['tcp', '(a) and (tcp)'],
    ['tcp or udp', '(a) and (tcp or udp)'],
    ['(tcp) or (udp)', '(a) and ((tcp) or (udp))'],
    ['http.host == ")"', '(a) and (http.host == ")")'],
    ['http.host == "(\\")"', '(a) and (http.host == "(\\")")'],
    ['http.host matches r"\\(\\"', '(a) and (http.host matches r"\\(\\")'],
    ["frame[0] == '('", "(a) and (frame[0] == '(')"],
    ["frame[0] == '\\''", "(a) and (frame[0] == '\\'')"],
    ['', 'a'],
    ['  ', 'a'],
  ] as const) {
    it(`"${users}" gives ${expected}`, () => {
      expect(bothFilters('a', users)).to.equal(expected);
    });
  }

  it('are the one that there is', () => {
    expect(bothFilters('a', undefined)).to.equal('a');
    expect(bothFilters(undefined, 'tcp or udp')).to.equal('tcp or udp');
    expect(bothFilters(undefined, undefined)).to.equal(undefined);
    expect(bothFilters(undefined, ' ')).to.equal(undefined);
  });

  for (const users of ['tcp) or (udp', '(tcp', 'tcp)', ')(', 'a == "(" )', "a == '(' (", 'a == "x (']) {
    it(`are refused where brackets do not pair: ${users}`, () => {
      for (const both of [() => bothFilters('a', users), () => bothFilters(undefined, users)]) {
        expect(both).to.throw(RttsharkError, `"${users}"`).with.property('code', 'filter_invalid');
      }
    });
  }
});

describe('the unknown name in a display filter', () => {
  for (const [words, name] of [
    ['"tcp.prt" is neither a field nor a protocol name.', 'tcp.prt'],
    ['Neither "tcp.prt" nor "80" are field or protocol names.', 'tcp.prt'],
    ['tcp.prt is neither a field nor a protocol name.\n    tcp.prt\n    ^~~~~~~', 'tcp.prt'],
    ['Left side of "==" expression must be a field or function, not tcp.prt.\n    tcp.prt == 80', 'tcp.prt'],
    ['"tcp-x.prt_1" is not a valid protocol or protocol field.\n    tcp', 'tcp-x.prt_1'],
    ['Left side of "==" expression must be a field or function, not 80.', null],
    ['"300.1.1.1" is not a valid hostname or IPv4 address.', null],
    ['Unexpected end of filter expression.', null],
    ['', null],
  ] as const) {
    it(`is ${name ?? 'none'} in ${JSON.stringify(words)}`, () => {
      expect(unknownName(words)).to.equal(name);
    });
  }
});

describe('the error about a display filter', () => {
  let tshark: Tshark;

  before(async () => {
    tshark = await findTshark();
  });

  it("has tshark's words of the user's filter, not of ours around it, and near names", async () => {
    const error = await filterError(tshark, 'tcp.analysis.ack_rt > 1', 'words of (ours) and (theirs)');
    expect(error.code).to.equal('filter_invalid');
    expect(error.message).to.equal('The display filter "tcp.analysis.ack_rt > 1" is not valid.');
    expect(error.detail).to.include('tcp.analysis.ack_rt').and.not.include('theirs');
    expect(error.hint).to.include('"tcp.analysis.ack_rtt"');
  });

  it('has no near names where the matter is another', async () => {
    const error = await filterError(tshark, 'tcp.port == "abc"', '');
    expect(error.detail).to.include('abc');
    expect(error.hint).to.equal(undefined);
  });

  it("falls back on what was said of both where the user's alone is right", async () => {
    const error = await filterError(tshark, 'tcp', 'words of both');
    expect(error.detail).to.equal('words of both');
  });

  it('takes a filter that begins with a dash for a filter', async () => {
    const error = await filterError(tshark, '-h', '');
    expect(error.detail).to.not.include('Usage');
  });
});
