/** A stream of repeatable randomness: the same seed gives the same herd. Not for secrets. */
export interface Random {
  /** 0 ≤ value < 1 */
  next(): number;
  between(min: number, max: number): number;
  /** Whole number, both ends included. */
  integer(min: number, max: number): number;
  chance(probability: number): boolean;
  /** Standard normal. */
  gaussian(): number;
  /** Exponentially distributed, as waiting times are. */
  exponential(mean: number): number;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
}

/** A generator from a seed text: xmur3 spreads the seed, sfc32 draws. */
export function seededRandom(seed: string): Random {
  const next = sfc32(xmur3(seed));
  return {
    next,
    between: (min, max) => min + (max - min) * next(),
    integer: (min, max) => min + Math.floor((max - min + 1) * next()),
    chance: (probability) => next() < probability,
    gaussian: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    exponential: (mean) => -mean * Math.log(1 - next()),
    pick: (items) => items[Math.floor(items.length * next())] ?? items[0],
  };
}

function xmur3(text: string): () => number {
  let hash = 1_779_033_703 ^ text.length;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 3_432_918_353);
    hash = (hash << 13) | (hash >>> 19);
  }
  return () => {
    hash = Math.imul(hash ^ (hash >>> 16), 2_246_822_507);
    hash = Math.imul(hash ^ (hash >>> 13), 3_266_489_909);
    return (hash ^= hash >>> 16) >>> 0;
  };
}

function sfc32(word: () => number): () => number {
  let a = word();
  let b = word();
  let c = word();
  let counter = word();
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
}
