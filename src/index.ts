/** rttshark as a library: how long the hosts on a wire take to answer. */

export { RttsharkError, exitStatusOf } from './errors.ts';
export type { ErrorCode, ErrorDetails } from './errors.ts';

export { analyze } from './analysis/analyze.ts';
export type { AnalyzeOptions } from './analysis/analyze.ts';
export type { AnalysisOptions, ShardUse } from './analysis/analysis-options.ts';
export type { Analysis, InputResult } from './analysis/analysis.ts';
export type { ExtractionChoice, ProfileName } from './tshark/profile.ts';
export { parseMeasure } from './measure/measure-list.ts';
export type { FieldUnit, Measurement } from './measure/measurement.ts';
export { parseMeasurement } from './measure/parse-measurement.ts';
export type { MeasurementDeclaration } from './measure/parse-measurement.ts';
export { presets as measurementPresets } from './measure/presets.ts';
export type { Preset } from './measure/presets.ts';
export type { CountedGroup, CounterResult } from './measure/counter-collector.ts';
export type { FieldLabel, KnownLabel, LabelName, LabelOrigin } from './measure/labels.ts';
export type { NetworkPrefix } from './measure/network-prefix.ts';
export type { Distribution } from './measure/distribution.ts';
export type { MarkedSample, PacketOrigin } from './measure/marked-sample.ts';
export { SortedValues } from './measure/sorted-values.ts';
export type { Group, MeasurementResult, Statistics, StatisticName } from './measure/statistics.ts';

export { Capture, capture } from './packets/capture.ts';
export type { CaptureOptions, ReadingOptions } from './packets/capture-options.ts';
export {
  fileCapture,
  inMemoryCapture,
  liveCapture,
  pipeCapture,
  remoteCapture,
} from './packets/captures-by-kind.ts';
export type {
  ByteStream,
  CaptureSource,
  GenerationBounds,
  InterfacesInput,
  LiveInput,
  LiveLimits,
  LiveSettings,
  PacketsInput,
  PipeInput,
  RawPacket,
  RemoteInput,
  WrittenFiles,
} from './packets/capture-source.ts';
export type { CaptureCounts } from './packets/packet-reading.ts';
export type { DecryptionKeys, WlanKey } from './packets/decryption-keys.ts';
export type { FieldsWanted, SchemaOfFields } from './packets/typed-fields.ts';
export type { CaptureInput } from './capture/capture-request.ts';
export type { Occurrence, RelativeTime } from './capture/occurrence.ts';
export { occurrenceSeparator } from './tshark/arguments.ts';

export { extract } from './extract/extract.ts';
export type { ExtractOptions } from './extract/extract.ts';
export type { ExtractionOptions } from './extract/extraction-options.ts';
export type { TableFormat } from './extract/table-formats.ts';

export { Table } from './table/table.ts';
export type { AnyTable } from './table/any-table.ts';
export type { GroupedTable } from './table/grouped-table.ts';
export { TableBuilder } from './table/table-builder.ts';
export { fromRows } from './table/from-rows.ts';
export { Column } from './table/column.ts';
export { ColumnBuilder } from './table/column-builder.ts';
export { flattenList, listColumn } from './table/flatten-list.ts';
export type { FlatLists } from './table/flatten-list.ts';
export type { ColumnType, ElementOf, ListType, RowOf, ScalarType, Schema, ValueOf } from './table/schema.ts';
export {
  count,
  distinctCount,
  first,
  last,
  max,
  mean,
  median,
  min,
  quantile,
  stddev,
  sum,
  variance,
} from './table/aggregates.ts';
export type { Aggregate, ResultType } from './table/aggregate.ts';
export type { Fold } from './table/sliding-fold.ts';
export { custom } from './table/custom.ts';
export type { CustomAggregate } from './table/custom.ts';
export type { Aggregated, Aggregates, ResultOf } from './table/group-by.ts';
export type { Renamed, Renames } from './table/rename.ts';
export type { Without } from './table/drop.ts';
export type { SampleOptions } from './table/sample.ts';
export type { Counted } from './table/value-counts.ts';
export {
  cumulativeCount,
  cumulativeMax,
  cumulativeMean,
  cumulativeMin,
  cumulativeSum,
} from './table/cumulative.ts';
export { lag, lead } from './table/lag.ts';
export { rolling } from './table/rolling.ts';
export type { RowSpan, TimeSpan } from './table/rolling.ts';
export { rowNumber } from './table/row-number.ts';
export type { Windowed, WindowFunctions, WindowOptions } from './table/window.ts';
export type { Partition, WindowFunction } from './table/window-function.ts';
export type { ResampleOptions } from './table/resample.ts';
export { fromColumns } from './table/from-columns.ts';
export type { ColumnValues } from './table/from-columns.ts';
export type { ColumnArrays } from './table/to-columns.ts';
export { fromCsv } from './table/from-csv.ts';
export type { FromCsvOptions } from './table/from-csv.ts';
export { fromJsonLines } from './table/from-json-lines.ts';
export type { JsonLinesOptions } from './table/to-json-lines.ts';
export type { TimeReading } from './table/read-value.ts';
export type { FormatOptions } from './table/format-table.ts';
export type { Joined, JoinOptions } from './table/join.ts';
export type { JoinKeys } from './table/join-keys.ts';
export type { Longer, LongerOptions } from './table/pivot-longer.ts';
export type { Wider, WiderOptions } from './table/pivot-wider.ts';
export type { Derivations, Derived } from './table/derive.ts';
export type { Predicate } from './table/filter.ts';
export type { ColumnName, Columns } from './table/columns.ts';
export type { Values } from './table/storage-kind.ts';
export { toArrow, arrowBytes } from './arrow/to-arrow.ts';
export type { ArrowOptions } from './arrow/arrow-writer.ts';
export type { SchemaNotes, TimeForm } from './arrow/arrow-schema.ts';
export type { ColumnDescription, ColumnDescriptions } from './arrow/column-description.ts';
export { fromArrow } from './arrow/from-arrow.ts';
export { toParquet, parquetBytes } from './parquet/to-parquet.ts';
export type { ParquetOptions } from './parquet/parquet-writer.ts';
export type { Compression } from './parquet/format.ts';
export { fromParquet } from './parquet/from-parquet.ts';

export { desc } from './table/order-by.ts';
export type { SortKey } from './table/order-by.ts';
export type { CsvOptions } from './table/to-csv.ts';
export { epochSecondsOf, formatEpochSeconds, formatTimestamp, parseEpochTime } from './table/time.ts';

export { analysisRegistry } from './metrics/analysis-registry.ts';
export type { RegistryOptions } from './metrics/analysis-registry.ts';
export type { HistogramOptions } from './metrics/histogram-options.ts';
export type { HistogramKind } from './metrics/metric-family.ts';
export type { ExponentialLayout } from './measure/exponential-counts.ts';
export { defaultBuckets } from './metrics/buckets.ts';

export { Counter } from './metrics/instruments/counter.ts';
export type { CounterOptions } from './metrics/instruments/counter.ts';
export type { CounterSeries, ErrorClass } from './metrics/instruments/counter-series.ts';
export { Gauge } from './metrics/instruments/gauge.ts';
export type { GaugeOptions } from './metrics/instruments/gauge.ts';
export type { GaugeSeries } from './metrics/instruments/gauge-series.ts';
export { Histogram } from './metrics/instruments/histogram.ts';
export type { HistogramMetricOptions } from './metrics/instruments/histogram.ts';
export type { HistogramSeries } from './metrics/instruments/histogram-series.ts';
export { Summary } from './metrics/instruments/summary.ts';
export type { SummaryOptions } from './metrics/instruments/summary.ts';
export type { SummarySeries } from './metrics/instruments/summary-series.ts';
export { Info } from './metrics/instruments/info.ts';
export type { InfoOptions, InfoSeries } from './metrics/instruments/info.ts';
export { Enum } from './metrics/instruments/enum.ts';
export type { EnumOptions, EnumSeries } from './metrics/instruments/enum.ts';
export { globalRegistry, Registry } from './metrics/instruments/registry.ts';
export type {
  Aggregator,
  AnyInstrument,
  InstrumentOptions,
  MetricRegistry,
} from './metrics/instruments/instrument.ts';
export type { LabelValue, LabelValues } from './metrics/instruments/label-values.ts';
export { exposition } from './metrics/exposition.ts';
export type { Exposition, ExpositionFormatName } from './metrics/exposition.ts';
export { registryFamilies } from './metrics/registry-families.ts';
export type { ReadableRegistry } from './metrics/registry-families.ts';
export type { MetricFamily } from './metrics/metric-family.ts';

export { writeRequests } from './metrics/write-requests.ts';
export type { WriteRequestsOptions } from './metrics/write-requests.ts';
export { RemoteWriter } from './metrics/remote-writer.ts';
export type { RemoteWriterOptions } from './metrics/remote-writer.ts';
export type { WriteRequest } from './metrics/write-request-batch.ts';

export { remoteWrite } from './sinks/remote-write.ts';
export type { RemoteWriteOptions, WriteMessage } from './sinks/remote-write.ts';
export type { ReceiverOptions } from './sinks/remote-write-receiver.ts';
export { writeTextfile } from './sinks/textfile.ts';
export { deleteFromGateway, pushAddToGateway, pushToGateway } from './sinks/push.ts';
export type { GatewayOptions, PushOptions } from './sinks/push.ts';
export type { RequestOptions } from './sinks/request-gateway.ts';
export type { RetryNotice } from './sinks/send.ts';
export type { MetricsSource } from './sinks/payload.ts';
export { instanceIpGroupingKey } from './sinks/instance-ip.ts';
export { defaultHandler } from './sinks/default-handler.ts';
export { basicAuthHandler } from './sinks/basic-auth-handler.ts';
export type { BasicAuthOptions } from './sinks/basic-auth-handler.ts';
export { bearerAuthHandler } from './sinks/bearer-auth-handler.ts';
export type { BearerAuthOptions } from './sinks/bearer-auth-handler.ts';
export { tlsAuthHandler } from './sinks/tls-auth-handler.ts';
export type { TlsAuthOptions } from './sinks/tls-auth-handler.ts';
export { readTlsFiles } from './sinks/tls-files.ts';
export type { TlsFiles } from './sinks/tls-files.ts';
export type { GatewayHandler, GatewayRequest, GatewayResponse, Pem, TlsOptions } from './sinks/handler.ts';

export { analysisDocument } from './report/analysis-document.ts';
export type {
  AnalysisDocument,
  AnalysisGroup,
  AnalysisInput,
  AnalysisMeasurement,
  AnalysisParts,
} from './report/analysis-document.ts';
