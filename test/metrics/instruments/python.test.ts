import { expect } from 'chai';
import fc from 'fast-check';
import { Registry as PromRegistry } from 'prom-client';
import { exposition } from '../../../src/metrics/exposition.ts';
import { Registry } from '../../../src/metrics/instruments/registry.ts';
import { python } from '../python-client.ts';
import { buildInstruments, pythonRegistries } from './build-instruments.ts';
import { levelledText } from './levelled-text.ts';
import { randomInstruments } from './random-instruments.ts';

describe("metrics of a program, beside Python's client", () => {
  const seed = Date.now();
  const registries = fc.sample(randomInstruments, { numRuns: 400, seed });
  let theirs: [text: string, openMetrics: string][];

  before(() => {
    theirs = python(pythonRegistries, registries) as typeof theirs;
  });

  for (const [i, format] of (['text', 'openMetrics'] as const).entries()) {
    it(`are written as it writes them, whatever happened: ${format}`, async () => {
      for (const [at, instruments] of registries.entries()) {
        const registry = new Registry();
        buildInstruments(instruments, registry);
        const ours = Buffer.from(await exposition(registry, format).metrics()).toString('utf8');
        const plainBounds = format === 'text';
        expect(levelledText(ours, plainBounds), `seed ${seed}, registry ${at}`).to.deep.equal(
          levelledText(theirs[at]?.[i] ?? '', plainBounds),
        );
      }
    });
  }

  it('are in the text of a registry of prom-client too', async () => {
    for (const [at, instruments] of registries.entries()) {
      const registry = new PromRegistry();
      buildInstruments(instruments, registry);
      expect(levelledText(await registry.metrics(), true), `seed ${seed}, registry ${at}`).to.deep.equal(
        levelledText(theirs[at]?.[0] ?? '', true),
      );
    }
  });
});
