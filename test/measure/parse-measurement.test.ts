import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import { DeclarationError, parseMeasurement } from '../../src/measure/parse-measurement.ts';

describe('the declaration of a measurement', () => {
  it('needs a name and a field', () => {
    expect(parseMeasurement({ name: 'login', field: 'ldap.time' })).to.deep.equal({
      name: 'login',
      field: 'ldap.time',
      unit: 'seconds',
      title: 'ldap.time',
    });
  });

  it('can say everything else', () => {
    const declaration = {
      name: 'login',
      field: 'ldap.time',
      unit: 'ms',
      title: 'time to log in',
      filter: 'ldap.protocolOp == 1',
      once_per_connection: true,
      labels: { who: 'src', result: 'ldap.resultCode', site: { constant: 'here' } },
      buckets: ['5ms', 0.025, '1s'],
    };
    expect(parseMeasurement(declaration)).to.deep.equal({
      name: 'login',
      field: 'ldap.time',
      unit: 'seconds',
      fieldUnit: 'milliseconds',
      title: 'time to log in',
      filter: 'ldap.protocolOp == 1',
      oncePerConnection: true,
      labels: { who: 'src', result: { field: 'ldap.resultCode' }, site: { constant: 'here' } },
      buckets: [0.005, 0.025, 1],
    });
  });

  it('can be a summary', () => {
    const { metric, buckets } = parseMeasurement({ name: 'x', field: 'dns.time', metric: 'summary' });
    expect([metric, buckets]).to.deep.equal(['summary', undefined]);
  });

  const ok = { name: 'x', field: 'dns.time' };
  const wrong: readonly (readonly [string, unknown, readonly string[]])[] = [
    ['is no map', ['x'], []],
    ['has no name', { field: 'dns.time' }, ['name']],
    ['has a name that is no metric name', { ...ok, name: 'a-b' }, ['name']],
    ['has no field', { name: 'x' }, ['field']],
    ['has a number for a field', { ...ok, field: 5 }, ['field']],
    ['has an expression for a field', { ...ok, field: 'dns.time > 1' }, ['field']],
    ['has a unit that is none', { ...ok, unit: 'min' }, ['unit']],
    ['has a key that is not known', { ...ok, filed: 'y' }, ['filed']],
    ['is once, but not truly', { ...ok, once_per_connection: 'yes' }, ['once_per_connection']],
    ['has a list of labels', { ...ok, labels: ['src'] }, ['labels']],
    ['has a label that Prometheus would not take', { ...ok, labels: { 'a-b': 'src' } }, ['labels', 'a-b']],
    ['has a label out of nothing', { ...ok, labels: { a: 'nothing' } }, ['labels', 'a']],
    ['has a constant that is no text', { ...ok, labels: { a: { constant: 1 } } }, ['labels', 'a']],
    ['has no buckets in its list', { ...ok, buckets: [] }, ['buckets']],
    ['has a bound that is no duration', { ...ok, buckets: ['soon'] }, ['buckets', '0']],
    ['has bounds that do not grow', { ...ok, buckets: ['5ms', 0.005] }, ['buckets', '1']],
    ['has a bound that is not finite', { ...ok, buckets: [Infinity] }, ['buckets', '0']],
    ['is to be a metric of a type that is none', { ...ok, metric: 'heatmap' }, ['metric']],
    ['is to be a summary with buckets', { ...ok, metric: 'summary', buckets: [1] }, ['buckets']],
  ];
  for (const [what, declaration, path] of wrong) {
    it(`is refused where it ${what}, and where is said`, () => {
      try {
        parseMeasurement(declaration);
      } catch (error) {
        if (!(error instanceof DeclarationError)) throw error;
        expect(error).to.be.instanceOf(RttsharkError).with.property('code', 'usage');
        expect(error.path).to.deep.equal(path);
        return;
      }
      expect.fail('it was taken');
    });
  }

  it('is told the key that was meant', () => {
    expect(() => parseMeasurement({ ...ok, filtre: 'x' }))
      .to.throw(DeclarationError)
      .with.property('hint')
      .that.includes('"filter"');
  });
});
