/** `1 farm`, `1,248 devices`. */
export function amountOf(amount: number, one: string): string {
  return `${amount.toLocaleString("en")} ${amount === 1 ? one : `${one}s`}`;
}
