export const TONES = ["healthy", "warning", "critical", "unknown", "info", "maintenance", "accent"] as const;

/** What a colour means. The word and the icon beside it say the same. */
export type Tone = (typeof TONES)[number];

export const TONE_SOFT = {
  healthy: "bg-healthy-soft text-healthy",
  warning: "bg-warning-soft text-warning",
  critical: "bg-critical-soft text-critical",
  unknown: "bg-unknown-soft text-unknown",
  info: "bg-info-soft text-info",
  maintenance: "bg-maintenance-soft text-maintenance",
  accent: "bg-accent-soft text-accent",
} satisfies Record<Tone, string>;

export const TONE_FILL = {
  healthy: "bg-healthy",
  warning: "bg-warning",
  critical: "bg-critical",
  unknown: "bg-unknown",
  info: "bg-info",
  maintenance: "bg-maintenance",
  accent: "bg-accent",
} satisfies Record<Tone, string>;

export const TONE_TEXT = {
  healthy: "text-healthy",
  warning: "text-warning",
  critical: "text-critical",
  unknown: "text-unknown",
  info: "text-info",
  maintenance: "text-maintenance",
  accent: "text-accent",
} satisfies Record<Tone, string>;
