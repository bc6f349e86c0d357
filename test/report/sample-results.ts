import type { MeasurementResult } from '../../src/measure/statistics.ts';
import { groupOf, resultOf, spread } from './measurement-result.ts';

/** An office's morning: far and near hosts, one with two ways to answer, one that answered once. */
export const office: MeasurementResult = resultOf(
  groupOf(
    { src: '142.250.185.78', dst: '192.168.10.21' },
    spread(12_345, 0.008, 0.06, { every: 75, times: 12 }),
  ),
  groupOf({ src: '10.0.0.2', dst: '10.0.0.1' }, spread(1800, 0.00006, 0.0009)),
  groupOf({ src: '10.0.0.7', dst: '10.0.0.1' }, [...spread(400, 0.0001, 0.0004), ...spread(300, 0.02, 0.08)]),
  groupOf({ src: '172.16.4.200', dst: '172.16.4.1' }, spread(96, 0.0008, 0.0021)),
  groupOf({ src: '10.0.0.9', dst: '10.0.0.1' }, [0.000_000_812, 0.000_052_3]),
  groupOf({ src: '10.0.0.11', dst: '10.0.0.1' }, [2.05]),
);

export const longAddresses: MeasurementResult = resultOf(
  groupOf(
    { src: '2001:db8:85a3:1234:5678:8a2e:370:7334', dst: '2001:db8:85a3:1234:5678:8a2e:370:1' },
    spread(1800, 0.00006, 0.0009),
  ),
  groupOf({ src: 'fe80::1', dst: 'fe80::1234:8a2e:370:7334' }, spread(180, 0.00006, 0.0009)),
);

export const ungrouped: MeasurementResult = resultOf(groupOf({}, spread(1800, 0.00006, 0.0009)));

export const empty: MeasurementResult = { ...resultOf(), labelNames: ['src', 'dst'] };

/** What a hostile interface name or file name may hold. */
export const hostileText =
  '"\'\n\r\t,;<&]]>\0\u001b[31m\u009b\u202e\u2028 \u00e9 \u6f22\u5b57 \u{1f600} \ud800 \ufffe \uffff';
