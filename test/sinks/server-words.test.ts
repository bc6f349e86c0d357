import { expect } from 'chai';
import { serverWords, shortWords } from '../../src/sinks/server-words.ts';

describe('serverWords', () => {
  it('keeps lines, and drops what steers a terminal', () => {
    expect(serverWords('one\u001b[31m\r\n\n  two\u0007 \u202e x\n')).to.equal('one [31m\ntwo x');
  });

  it('never joins what stood apart', () => {
    expect(serverWords('hun\0ter2')).to.equal('hun ter2');
  });

  it('is bounded', () => {
    const words = serverWords('x'.repeat(100_000));
    expect(words).to.have.lengthOf.below(2100);
    expect(words).to.match(/^x+ …$/);
  });

  it('reads HTML', () => {
    const html =
      '<html>\r\n<head><title>503</title><style>b{}</style></head><body><h1>503 Service &lt;down&gt;</h1><hr>nginx</body>';
    expect(serverWords(html)).to.equal('503 Service <down>\nnginx');
    expect(serverWords('<b>no</b>', 'text/html')).to.equal('no');
    expect(serverWords('a{b="<x>"} 1', 'text/plain')).to.equal('a{b="<x>"} 1');
  });

  it('is nothing where there is nothing', () => {
    expect(serverWords(' \n\u0000 ')).to.equal(undefined);
  });
});

describe('shortWords', () => {
  it('fit a sentence', () => {
    expect(shortWords('a\nb')).to.equal('a b');
    expect(shortWords('x'.repeat(1000))).to.have.lengthOf.below(310);
  });
});
