import { RttsharkError } from '../errors.ts';
import { nearestNames } from '../nearest.ts';
import type { Tshark } from './find-tools.ts';
import { runTool } from './run-tool.ts';
import { withoutNoise } from './stderr-tail.ts';
import { rememberFor } from './tool-cache.ts';

/** The fields and protocols that an installed tshark knows, with their types: `tshark -G fields`. */
export class FieldCatalogue {
  readonly #text: string;

  /** @param text - lines of name, type and, where it has one, base, with tabs between them */
  constructor(text: string) {
    this.#text = text.startsWith('\n') ? text : `\n${text}`;
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
    return this.#about(name)?.[1] ?? null;
  }

  *names(): Generator<string> {
    for (const match of this.#text.matchAll(/\n([^\t\n]+)\t/g)) yield match[1] ?? '';
  }

  /** What stands behind its name. */
  #about(name: string): string[] | null {
    if (!/^[\w.-]+$/.test(name)) return null;
    const start = this.#text.indexOf(`\n${name}\t`);
    if (start === -1) return null;
    const from = start + name.length + 2;
    const end = this.#text.indexOf('\n', from);
    return this.#text.slice(from, end === -1 ? undefined : end).split('\t');
  }

  /** The known names nearest to a wrong one, best first, three at most. */
  near(name: string): string[] {
    return nearestNames(name, this.names());
  }
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
  const ask = () => askForFields(tshark);
  return new FieldCatalogue(
    await rememberFor(tshark.path, 'fields-2', ask, (text) => text !== '', { fresh }),
  );
}

async function askForFields(tshark: Tshark): Promise<string> {
  const { exitCode, stdout, stderr } = await runTool(tshark.path, ['-G', 'fields']);
  if (exitCode === 0) return catalogueLines(stdout);
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
    ? `Nothing like "${name}" is known; "tshark -G fields" lists all fields.`
    : `Did you mean ${near.map((other) => `"${other}"`).join(', ')}?`;
}
