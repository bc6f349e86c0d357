/** The highest resolution of exponential buckets: 2^8 of them from one power of two to the next. */
export const highestSchema = 8;

/** The lowest: one bucket for 2^4 powers of two. */
export const lowestSchema = -4;

const boundsPerDoubling = 2 ** highestSchema;

/** The double below the one that is nearest to the root of two. */
const rootOfTwo = 1.414213562373095;

/**
 * The upper bounds of the finest buckets from 0.5 to below 1, the first included: 2^(k / 256 − 1) as Prometheus has
 * them, which are not always the nearest doubles. They are what multiplying roots of two gives, the largest first, where
 * the root of two itself is a little too small. With other bounds, a value that lies on one would be counted in another
 * bucket than the one in which Prometheus shows it.
 */
const finestBounds = Float64Array.from({ length: boundsPerDoubling }, (_, k) => {
  let bound = 0.5;
  let root = 2;
  for (let bit = boundsPerDoubling / 2; bit >= 1; bit /= 2) {
    root = Math.sqrt(root);
    if (Math.floor(k / bit) % 2 === 1) bound *= bit === boundsPerDoubling / 2 ? rootOfTwo : root;
  }
  return bound;
});

const bits = new DataView(new ArrayBuffer(8));
const exponentOfHalf = 1022;

/**
 * The bucket of a value at a resolution: bucket i holds what is above 2^((i − 1) / 2^schema) and at most
 * 2^(i / 2^schema). Infinity is in the bucket behind that of the largest number.
 *
 * @param size - above zero
 */
export function bucketIndex(size: number, schema: number): number {
  if (size === Infinity) return bucketIndex(Number.MAX_VALUE, schema) + 1;
  if (size < 2 ** -1022) return bucketIndexOf(size * 2 ** 64, schema, 64);
  return bucketIndexOf(size, schema, 0);
}

/** @param scaledBy - the power of two by which the value was made larger */
function bucketIndexOf(size: number, schema: number, scaledBy: number): number {
  bits.setFloat64(0, size);
  const high = bits.getUint32(0);
  const exponent = (high >>> 20) - exponentOfHalf - scaledBy;
  bits.setUint32(0, (high & 0xfffff) | (exponentOfHalf << 20));
  const finest = firstAtLeast(bits.getFloat64(0)) + (exponent - 1) * boundsPerDoubling;
  return coarserIndex(finest, highestSchema - schema);
}

/** The bucket that holds a bucket, so many resolutions lower: two by two, the odd ones below their even neighbours. */
export function coarserIndex(index: number, schemasLower: number): number {
  return (index + (1 << schemasLower) - 1) >> schemasLower;
}

/** The upper bound of a bucket as Prometheus has it: the largest number in place of the power of two that is none. */
export function bucketBound(index: number, schema: number): number {
  const finest = index * 2 ** (highestSchema - schema);
  const doublings = Math.floor(finest / boundsPerDoubling);
  const fraction = finestBounds[finest - doublings * boundsPerDoubling] ?? 0.5;
  if (doublings === 1024 && fraction === 0.5) return Number.MAX_VALUE;
  // 2^1024 is none, but half of it is.
  return fraction * 2 * 2 ** doublings;
}

function firstAtLeast(fraction: number): number {
  let [low, high] = [0, boundsPerDoubling];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((finestBounds[middle] ?? 1) >= fraction) high = middle;
    else low = middle + 1;
  }
  return low;
}
