import { expect } from 'chai';

describe('the library', () => {
  it('gives these names, and they are a promise', async () => {
    const library = await import('rttshark');
    expect(Object.keys(library).sort()).to.deep.equal([
      'Column',
      'ColumnBuilder',
      'RttsharkError',
      'SortedValues',
      'Table',
      'TableBuilder',
      'analysisDocument',
      'analysisRegistry',
      'analyze',
      'basicAuthHandler',
      'bearerAuthHandler',
      'capture',
      'count',
      'custom',
      'defaultBuckets',
      'defaultHandler',
      'deleteFromGateway',
      'desc',
      'distinctCount',
      'epochSecondsOf',
      'exitStatusOf',
      'first',
      'formatEpochSeconds',
      'fromRows',
      'instanceIpGroupingKey',
      'last',
      'max',
      'mean',
      'median',
      'min',
      'occurrenceSeparator',
      'parseEpochTime',
      'pushAddToGateway',
      'pushToGateway',
      'quantile',
      'readTlsFiles',
      'stddev',
      'sum',
      'tlsAuthHandler',
      'variance',
    ]);
  });
});
