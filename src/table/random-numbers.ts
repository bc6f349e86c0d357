const stateBits = 32;
const twoTo32 = 2 ** stateBits;

/**
 * Numbers from 0 to below 1 in steps of 2^-32, always the same for one seed.
 *
 * A counter through the finalizer of MurmurHash3, twice with different keys: every output bit depends on every bit of
 * the seed and of the position.
 *
 * @param seed - a safe integer
 */
export function randomNumbers(seed: number): () => number {
  const key = finalize(seed >>> 0) ^ finalize(Math.floor(seed / twoTo32) ^ 0x5bd1_e995);
  let position = 0;
  return () => {
    position = (position + 0x9e37_79b9) | 0;
    return (finalize(finalize(position ^ key) + key) >>> 0) / twoTo32;
  };
}

function finalize(word: number): number {
  let mixed = word | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return mixed ^ (mixed >>> 16);
}
