import path from 'node:path';

/** The servers that tests start: those in PATH, or other versions that variables name by their paths. */

export const pushgatewayProgram = process.env['RTTSHARK_TEST_PUSHGATEWAY'] ?? 'prometheus-pushgateway';

export const prometheusProgram = process.env['RTTSHARK_TEST_PROMETHEUS'] ?? 'prometheus';

/** The one that came with that Prometheus. */
export const promtoolProgram = path.join(path.dirname(prometheusProgram), 'promtool');

export const victoriaMetricsProgram = 'victoria-metrics';

export const nodeExporterProgram = 'prometheus-node-exporter';
