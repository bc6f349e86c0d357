import { RttsharkError } from '../errors.ts';
import type { ColumnType, ScalarType } from '../table/schema.ts';
import type { FlatView } from './flat-view.ts';
import { precisionOf, typeNames, typeOf } from './format.ts';

/** A field of a schema that is read, and the column type that takes it. */
export class ArrowField {
  readonly name: string;
  /** Which of `typeOf` it is. */
  readonly type: number;
  /** What more is said of the type. */
  readonly details: FlatView;
  readonly columnType: ColumnType;
  /** What a list holds. */
  readonly child: ArrowField | undefined;
  /** Where values are in a dictionary: which one, and the integers that stand for them. */
  readonly dictionary: { readonly id: number; readonly index: IntegerType } | undefined;

  /** Throws RttsharkError `input_unreadable` for a type that no column has. */
  constructor(field: FlatView) {
    this.name = field.text(0) ?? '';
    this.type = field.byte(2);
    const details = field.table(3);
    if (details === undefined) throw this.unreadable('no type');
    this.details = details;
    const [child] = field.tables(5);
    this.child = child && new ArrowField(child);
    this.columnType = this.#columnType();
    const encoding = field.table(4);
    if (encoding === undefined) return;
    const index = encoding.table(1);
    this.dictionary = {
      id: encoding.long(0),
      index: index === undefined ? { bits: 32, signed: true } : integerType(index),
    };
  }

  /** The field here or in a list that has that dictionary. */
  withDictionary(id: number): ArrowField | undefined {
    return this.dictionary?.id === id ? this : this.child?.withDictionary(id);
  }

  unreadable(what: string): RttsharkError {
    return new RttsharkError('input_unreadable', `Column "${this.name}" of the Arrow data has ${what}.`);
  }

  #columnType(): ColumnType {
    switch (this.type) {
      case typeOf.int: {
        const { bits, signed } = integerType(this.details);
        return bits === 64 ? (signed ? 'int64' : 'uint64') : signed ? 'int32' : 'uint32';
      }
      case typeOf.floatingPoint:
        if (this.details.short(0) === precisionOf.half) break;
        return 'float64';
      case typeOf.null:
      case typeOf.utf8:
      case typeOf.largeUtf8:
      case typeOf.utf8View:
        return 'text';
      case typeOf.binary:
      case typeOf.largeBinary:
      case typeOf.binaryView:
      case typeOf.fixedSizeBinary:
        return 'bytes';
      case typeOf.bool:
        return 'boolean';
      case typeOf.date:
      case typeOf.timestamp:
        return 'time';
      case typeOf.duration:
        return 'duration';
      case typeOf.list:
      case typeOf.largeList: {
        const element = this.child?.columnType;
        if (element === undefined || element.startsWith('list<')) break;
        return `list<${element as ScalarType}>`;
      }
    }
    throw this.unreadable(`the type "${typeNames[this.type] ?? this.type}", which no table has`);
  }
}

export interface IntegerType {
  readonly bits: number;
  readonly signed: boolean;
}

export function integerType(details: FlatView): IntegerType {
  return { bits: details.int(0), signed: details.byte(1) === 1 };
}
