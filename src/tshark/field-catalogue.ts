import { RttsharkError } from '../errors.ts';
import { nearestNames } from '../nearest.ts';
import type { Tshark } from './find-tools.ts';
import { runTool } from './run-tool.ts';
import { withoutNoise } from './stderr-tail.ts';
import { programKey, rememberBytesFor } from './tool-cache.ts';

/** A field of the catalogue. */
export interface CatalogueEntry {
  readonly name: string;
  /** As in `FT_UINT16`. */
  readonly fieldType: string;
  /** As in `BASE_DEC`; null for none. */
  readonly base: string | null;
  /** Empty where there are no descriptions. */
  readonly description: string;
}

function presence(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

/** The fields and protocols that an installed tshark knows, with their types: `tshark -G fields`. */
export class FieldCatalogue {
  /** Not a string: it is ten megabytes long, and mostly few of its lines are ever read. */
  readonly #bytes: Buffer;
  readonly #read = new Map<string, string[] | null>();
  /** All that stands behind names: made when more are asked for than searching is good for. */
  #index: ReadonlyMap<string, string> | undefined;

  /**
   * @param lines - name, type, base (empty or left out where it has none), and where they are asked for the description,
   *   with tabs between them
   */
  constructor(lines: string | Buffer) {
    this.#bytes = typeof lines === 'string' ? Buffer.from(lines) : lines;
  }

  has(name: string): boolean {
    return this.typeOf(name) !== null;
  }

  /** As in `FT_RELATIVE_TIME`; `FT_PROTOCOL` for a protocol's own name; null for a name that is not known. */
  typeOf(name: string): string | null {
    return this.#about(name)?.[0] ?? null;
  }

  /** How its numbers are printed, as in `BASE_DEC`; null where it has no such form, or is not known. */
  baseOf(name: string): string | null {
    return presence(this.#about(name)?.[1]);
  }

  /** What it is, in a line; null where there are no descriptions, or it is not known. */
  descriptionOf(name: string): string | null {
    return presence(this.#about(name)?.[2]);
  }

  /** Every field with all that is known of it, in the order of the list. */
  *entries(): Generator<CatalogueEntry> {
    for (const line of this.#bytes.toString().split('\n')) {
      const [name = '', fieldType = '', base, description = ''] = line.split('\t', 4);
      if (name !== '') yield { name, fieldType, base: presence(base), description };
    }
  }

  *names(): Generator<string> {
    for (const match of this.#bytes.toString().matchAll(/^([^\t\n]+)\t/gm)) yield match[1] ?? '';
  }

  /** The names of a form, in which `*` stands for any characters, in the order of the list. */
  matching(pattern: string): string[] {
    const form = pattern.split('*').map(escaped).join('[^\\t\\n]*');
    const lines = new RegExp(`^(${form})\\t`, 'gm');
    return Array.from(this.#bytes.toString().matchAll(lines), (match) => match[1] ?? '');
  }

  /** What stands behind its name. */
  #about(name: string): string[] | null {
    let about = this.#read.get(name);
    if (about === undefined) {
      if (this.#read.size >= mostSearches) this.#index ??= indexOf(this.#bytes);
      about = this.#index === undefined ? this.#find(name) : (this.#index.get(name)?.split('\t') ?? null);
      this.#read.set(name, about);
    }
    return about;
  }

  #find(name: string): string[] | null {
    if (!/^[\w.-]+$/.test(name)) return null;
    const isFirst = this.#bytes.subarray(0, name.length + 1).toString() === `${name}\t`;
    const lineEnd = isFirst ? -1 : this.#bytes.indexOf(`\n${name}\t`);
    if (lineEnd === -1 && !isFirst) return null;
    const from = lineEnd + name.length + 2;
    const end = this.#bytes.indexOf('\n', from);
    return this.#bytes
      .subarray(from, end === -1 ? undefined : end)
      .toString()
      .split('\t');
  }

  /** The known names nearest to a wrong one, best first, three at most. */
  near(name: string): string[] {
    return nearestNames(name, this.names());
  }
}

/** A search takes up to 5 ms, the index of all names 100 ms and some memory. */
const mostSearches = 24;

function indexOf(bytes: Buffer): Map<string, string> {
  const index = new Map<string, string>();
  for (const line of bytes.toString().split('\n')) {
    const nameEnd = line.indexOf('\t');
    if (nameEnd > 0) index.set(line.slice(0, nameEnd), line.slice(nameEnd + 1));
  }
  return index;
}

/** A text as the part of a regular expression that matches it and nothing else. */
function escaped(text: string): string {
  return text.replaceAll(/[^\w]/g, String.raw`\$&`);
}

/** Cuts `tshark -G fields` down to name, type and base of each field and protocol, a line each. */
export function catalogueLines(glossary: string): string {
  const lines: string[] = [];
  for (const line of glossary.split('\n')) {
    const [kind, , name, type, , base = ''] = line.split('\t', 6);
    if (name === undefined || name === '') continue;
    if (kind === 'P') lines.push(`${name}\tFT_PROTOCOL\n`);
    else if (kind === 'F' && type !== undefined)
      lines.push(`${name}\t${type}${base === '' ? '' : `\t${base}`}\n`);
  }
  return lines.join('');
}

/**
 * The catalogue of this tshark, kept between runs for as long as the program file stays the same.
 *
 * @param fresh - ask tshark even where the answer is kept, and keep what it says now: plug-ins can have been added
 * @throws RttsharkError `tshark_died` where it gives no list
 */
export async function loadFieldCatalogue(tshark: Tshark, { fresh = false } = {}): Promise<FieldCatalogue> {
  const key = programKey(tshark.path);
  const known = key === null || key !== lastKey || fresh ? undefined : lastLoaded?.deref();
  if (known !== undefined) return known;
  const ask = async () => Buffer.from(catalogueLines(await askForGlossary(tshark)));
  const isAnswer = (bytes: Buffer) => bytes.length > 0;
  const loaded = new FieldCatalogue(
    await rememberBytesFor(tshark.path, 'fields-2', ask, isAnswer, { fresh }),
  );
  lastKey = key;
  lastLoaded = new WeakRef(loaded);
  return loaded;
}

/** One run asks several times for the same; what nobody uses any more does not stay in memory. */
let lastLoaded: WeakRef<FieldCatalogue> | undefined;
let lastKey: string | null = null;

/**
 * What `tshark -G fields` prints.
 *
 * @throws RttsharkError `tshark_died` where it gives no list
 */
export async function askForGlossary(tshark: Tshark): Promise<string> {
  const { exitCode, stdout, stderr } = await runTool(tshark.path, ['-G', 'fields']);
  if (exitCode === 0) return stdout;
  throw new RttsharkError('tshark_died', `"${tshark.path}" did not list the fields that it knows.`, {
    detail: withoutNoise(stderr.split('\n')).slice(-5).join('\n') || undefined,
  });
}

/**
 * Makes sure that tshark knows every one of these fields.
 *
 * @param mayDeclareMore - preferences are set, which can declare fields that the catalogue does not list: leave
 *   the judgement to tshark
 * @throws RttsharkError `filter_invalid`, naming the wrong field and the known names near it
 */
export async function checkFields(
  tshark: Tshark,
  fields: readonly string[],
  { mayDeclareMore = false } = {},
): Promise<void> {
  if (mayDeclareMore) return;
  const kept = await loadFieldCatalogue(tshark);
  if (fields.every((field) => kept.has(field))) return;
  const catalogue = await loadFieldCatalogue(tshark, { fresh: true });
  const wrong = fields.filter((field) => !catalogue.has(field));
  if (wrong.length > 0) throw unknownField(wrong, catalogue, tshark);
}

/** Those of the fields that may be missing, and that this tshark does not have. */
export async function missingFields(
  tshark: Tshark,
  fields: readonly string[],
  mayBeMissing: readonly string[],
): Promise<string[]> {
  const asked = fields.filter((field) => mayBeMissing.includes(field));
  if (asked.length === 0) return [];
  const catalogue = await loadFieldCatalogue(tshark);
  return asked.filter((field) => !catalogue.has(field));
}

function unknownField(wrong: readonly string[], catalogue: FieldCatalogue, tshark: Tshark): RttsharkError {
  const names = wrong.map((name) => `"${name}"`).join(', ');
  return new RttsharkError('filter_invalid', `tshark ${tshark.version.text} knows no field ${names}.`, {
    hint: wrong.map((name) => nearHint(name, catalogue)).join(' '),
  });
}

/** A sentence that names what may have been meant. */
export function nearHint(name: string, catalogue: FieldCatalogue): string {
  const near = catalogue.near(name);
  return near.length === 0
    ? `Nothing like "${name}" is known; "rttshark fields" searches all fields.`
    : `Did you mean ${near.map((other) => `"${other}"`).join(', ')}?`;
}
