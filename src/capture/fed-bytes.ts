/** How many bytes of the packets that were fed are not done. Pure. */
export class FedBytes {
  /** The first packets of batches that are not done, and the bytes before them. */
  #firsts: { readonly packet: number; readonly before: number }[] = [];
  #fed = 0;
  #doneBytes = 0;

  /** @param packet - the number of the first of them */
  add(packet: number, bytes: number): void {
    this.#firsts.push({ packet, before: this.#fed });
    this.#fed += bytes;
  }

  /** @param next - the first packet that is not done; Infinity where all are */
  done(next: number): void {
    const later = this.#firsts.findIndex(({ packet }) => packet > next);
    const begun = later === -1 ? this.#firsts.length - 1 : later - 1;
    if (next === Infinity) this.#firsts = [];
    else if (begun > 0) this.#firsts.splice(0, begun);
    this.#doneBytes = this.#firsts[0]?.before ?? this.#fed;
  }

  get backlog(): number {
    return this.#fed - this.#doneBytes;
  }

  get doneBytes(): number {
    return this.#doneBytes;
  }
}
