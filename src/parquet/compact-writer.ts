/**
 * Thrift's compact protocol, in which Parquet's metadata is written, as far as that needs it. Structs are given as
 * fields by their number; a field whose value is undefined is left out.
 */

export type CompactValue =
  | { readonly type: 'i8' | 'i16' | 'i32' | 'i64'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'binary'; readonly bytes: Uint8Array }
  | { readonly type: 'struct'; readonly fields: CompactFields }
  | { readonly type: 'list'; readonly of: ListElement; readonly values: readonly CompactValue[] };

type ListElement = 'i32' | 'binary' | 'struct';

export type CompactFields = Readonly<Record<number, CompactValue | undefined>>;

const encoder = new TextEncoder();

export const i8 = (value: number): CompactValue => ({ type: 'i8', value });
export const i16 = (value: number): CompactValue => ({ type: 'i16', value });
export const i32 = (value: number): CompactValue => ({ type: 'i32', value });
export const i64 = (value: number): CompactValue => ({ type: 'i64', value });
export const boolean = (value: boolean): CompactValue => ({ type: 'boolean', value });
export const binary = (bytes: Uint8Array): CompactValue => ({ type: 'binary', bytes });
export const text = (value: string): CompactValue => binary(encoder.encode(value));
export const struct = (fields: CompactFields): CompactValue => ({ type: 'struct', fields });
export const list = (of: ListElement, values: readonly CompactValue[]): CompactValue => ({
  type: 'list',
  of,
  values,
});

const codeOf = { i8: 3, i16: 4, i32: 5, i64: 6, binary: 8, list: 9, struct: 12 } as const;
const trueCode = 1;
const falseCode = 2;

/** The bytes of a struct. */
export function compactBytes(fields: CompactFields): Uint8Array {
  const bytes: number[] = [];
  putStruct(bytes, fields);
  return Uint8Array.from(bytes);
}

function putStruct(out: number[], fields: CompactFields): void {
  let previous = 0;
  for (const [number, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    // Fields are numbered up from 1 with few gaps, so that the step to the next one fits four bits.
    out.push(((Number(number) - previous) << 4) | fieldCode(value));
    previous = Number(number);
    putValue(out, value);
  }
  out.push(0);
}

function fieldCode(value: CompactValue): number {
  if (value.type === 'boolean') return value.value ? trueCode : falseCode;
  return codeOf[value.type];
}

function putValue(out: number[], value: CompactValue): void {
  switch (value.type) {
    case 'boolean':
      return;
    case 'i8':
      out.push(value.value & 0xff);
      return;
    case 'i16':
    case 'i32':
    case 'i64':
      // Zigzag: the sign is the lowest bit. Sizes may need more than 32 bits, and no number needs over 53.
      putVarint(out, value.value >= 0 ? value.value * 2 : -value.value * 2 - 1);
      return;
    case 'binary':
      putVarint(out, value.bytes.length);
      for (const byte of value.bytes) out.push(byte);
      return;
    case 'struct':
      putStruct(out, value.fields);
      return;
    case 'list':
      if (value.values.length < 15) out.push((value.values.length << 4) | codeOf[value.of]);
      else {
        out.push(0xf0 | codeOf[value.of]);
        putVarint(out, value.values.length);
      }
      for (const element of value.values) putValue(out, element);
  }
}

/** Seven bits a byte, the lowest first; the highest bit says that more follow. */
export function putVarint(out: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    out.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
}
