/** The bytes behind the storage of a column, without a copy: to be read only, in the order of the machine. */
export function memoryOf(values: object): Uint8Array {
  const { buffer, byteOffset, byteLength } = values as Uint8Array;
  return new Uint8Array(buffer, byteOffset, byteLength);
}
