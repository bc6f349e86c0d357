import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { fieldMap, fieldMapPath, namesIn } from '../../scripts/field-map.ts';
import { loadFieldCatalogue } from '../../src/tshark/field-catalogue.ts';
import { findTshark } from '../../src/tshark/find-tools.ts';

/** Other versions of tshark, as `make test-matrix` names them. */
const tsharks = (process.env['RTTSHARK_TEST_TSHARKS'] ?? '').split(' ').filter((each) => each !== '');

describe('the map of well-known fields', () => {
  for (const path of [undefined, ...tsharks]) {
    it(`has the types of ${path ?? 'tshark'}: "npm run field-map" writes it`, async () => {
      const written = readFileSync(fieldMapPath, 'utf8');
      const names = namesIn(written);
      expect(names).to.include.members(['frame.time_epoch', 'ip.src', 'tcp', 'tcp.analysis.ack_rtt']);
      const catalogue = await loadFieldCatalogue(await findTshark(path));
      expect(fieldMap(names, catalogue)).to.equal(written);
    });
  }
});
