import type { ColumnWishes, FieldsWanted } from './typed-fields.ts';
import type { ExtractionChoice, ProfileName } from '../tshark/profile.ts';
import type { CaptureSource } from './capture-source.ts';
import type { DecryptionKeys } from './decryption-keys.ts';

/** What {@link capture} reads, whatever it comes from. */
export interface ReadingOptions<F extends FieldsWanted = FieldsWanted> extends ColumnWishes {
  /**
   * tshark's field names, each a column: as a list, which may hold patterns (`tcp.*`), for which tshark's own catalogue
   * decides; or with the column types that are wanted.
   */
  readonly fields: F;
  /** Display filter, as after tshark's `-Y`. */
  readonly filter?: string | undefined;
  /** As after tshark's `-d` and `-o`. Preferences stand in the command line: those with secrets belong to `keys`. */
  readonly decodeAs?: readonly string[] | undefined;
  readonly preferences?: readonly string[] | undefined;
  /** Names of protocols, as after tshark's `--disable-protocol` and `--enable-protocol`. */
  readonly disableProtocols?: readonly string[] | undefined;
  readonly enableProtocols?: readonly string[] | undefined;
  readonly keys?: DecryptionKeys | undefined;
  /** Ends after so many packets, those included that the display filter does not select. */
  readonly packetCount?: number | undefined;
  /** Ends after so long, counted from when the first row is asked for: the rows until then are all, and nothing is thrown. */
  readonly timeoutMs?: number | undefined;
  /**
   * Which dissectors are at work: `lean` by default, which leaves out those that change nothing of what is asked for; and
   * how values are taken from tshark. No value depends on them, but for `user`, which takes the user's own configuration.
   */
  readonly profile?: ProfileName | undefined;
  readonly extraction?: ExtractionChoice | undefined;
  /**
   * Bytes that all processes together are to hold at most: where a file needs more, several tsharks read it one after the
   * other, if the values are the same. 2 GiB by default, or half of the memory where that is less. Live captures have
   * limits of their own.
   */
  readonly memoryBytes?: number | undefined;
  /** Path of tshark; looked for where it is not given. */
  readonly tshark?: string | undefined;
  /** Ends the capture: what iterates throws RttsharkError `interrupted`. */
  readonly signal?: AbortSignal | undefined;
}

export interface CaptureOptions<F extends FieldsWanted = FieldsWanted> extends ReadingOptions<F> {
  /** A path, `-` for standard input, files to be joined, a stream, bytes, packets in memory, interfaces, a host, a pipe. */
  readonly input: CaptureSource;
}
