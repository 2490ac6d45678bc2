/** Words of the three-word form have 3 to 8 letters, as the list they are drawn from (BIP-39, English). */
const WORD = /^[a-z]{3,8}$/;
/** Longer than three words can be, shorter than a token in full (43 characters). */
const TEXT = /^[A-Za-z0-9_-]{32,100}$/;

/** A token as a device or a person presents it: in full, or as the three words that stand for it. */
export interface PresentedToken {
  form: "text" | "words";
  /** The text unchanged, or the words as `word-word-word`. */
  value: string;
}

/**
 * Reads a presented token. Case, accents and whatever stands between the words do not matter: people read them out
 * over the phone and type them on keyboards of any country.
 * @returns `undefined` for what can be neither form
 */
export function readPresentedToken(presented: string): PresentedToken | undefined {
  const text = presented.trim();
  if (TEXT.test(text)) return { form: "text", value: text };
  const words = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== "");
  if (words.length !== 3 || !words.every((word) => WORD.test(word))) return undefined;
  return { form: "words", value: words.join("-") };
}
