/** 23:59:07, or how it is said when nothing is left. */
export function formatCountdown(leftMs: number): string {
  if (leftMs <= 0) return "0:00:00";
  const seconds = Math.floor(leftMs / 1_000);
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${Math.floor(seconds / 3_600)}:${pad(Math.floor((seconds % 3_600) / 60))}:${pad(seconds % 60)}`;
}
