/** `3,645` */
export function formatCount(amount: number): string {
  return amount.toLocaleString("en");
}

/** `1 farm`, `1,248 devices`. */
export function amountOf(amount: number, one: string): string {
  return `${formatCount(amount)} ${amount === 1 ? one : `${one}s`}`;
}
