import { askForGlossary, FieldCatalogue } from './field-catalogue.ts';
import type { Tshark } from './find-tools.ts';
import { rememberBytesFor } from './tool-cache.ts';

/**
 * The catalogue with what each field is. It is kept apart from the one that every run reads, which is half as long.
 *
 * @throws RttsharkError `tshark_died` where tshark gives no list
 */
export async function loadDescribedFields(tshark: Tshark): Promise<FieldCatalogue> {
  const ask = async () => Buffer.from(describedLines(await askForGlossary(tshark)));
  const isAnswer = (bytes: Buffer) => bytes.length > 0;
  return new FieldCatalogue(await rememberBytesFor(tshark.path, 'described-fields-1', ask, isAnswer));
}

/** Cuts `tshark -G fields` down to name, type, base and description of each field and protocol, a line each. */
export function describedLines(glossary: string): string {
  const lines: string[] = [];
  for (const line of glossary.split('\n')) {
    const [kind, title = '', name, type, , base = '', , about = ''] = line.split('\t', 8);
    if (name === undefined || name === '') continue;
    if (kind === 'P') lines.push(`${name}\tFT_PROTOCOL\t\t${title}\n`);
    else if (kind === 'F' && type !== undefined)
      lines.push(`${name}\t${type}\t${base}\t${descriptionFrom(title, about)}\n`);
  }
  return lines.join('');
}

/** What stands behind the title often is nothing, or the same again. */
function descriptionFrom(title: string, about: string): string {
  const isMore = about !== '' && about.toLowerCase() !== title.toLowerCase();
  return isMore ? `${title}: ${about}` : title;
}
