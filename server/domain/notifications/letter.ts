import { ALERT_SEVERITIES, type AlertSeverity } from "../alerts/vocabulary";
import { groupBy } from "../group-by";

/** One thing that somebody is told: an alert, or an event of a rollout. */
export interface LetterItem {
  about: "alert" | "rollout";
  /** Told once, whatever asks for it. */
  id: string;
  severity: AlertSeverity;
  /** Critical, and not over. */
  isCritical: boolean;
  /** Of a message about it alone. */
  subject: string;
  lines: (clock: (at: Date) => string) => string[];
  /** Where to read on, within the console. */
  path: string;
}

/** An item, and why the person is told. */
export interface Told {
  item: LetterItem;
  /** The name of the rule that asks for it; `null` = the person made the rollout. */
  rule: string | null;
  /** IANA zone of the person's clock. */
  timeZone: string;
}

interface Letter {
  person: string;
  isDigest: boolean;
  told: readonly Told[];
  /** Where the console is: `https://dairy.example`. */
  publicUrl: string;
}

const MAX_TOLD = 50;
const LISTS = { alert: "/alerts", rollout: "/rollouts" } as const;

/** One message about all of it, the gravest first: what it is, what probably helps, and where to read on. */
export function writeLetter({ person, isDigest, told, publicUrl }: Letter): { subject: string; text: string } {
  // Two rules may ask for the same.
  const once = [...groupBy(told, ({ item }) => item.id).values()]
    .flatMap((same) => same.slice(-1))
    .toSorted((a, b) => ALERT_SEVERITIES.indexOf(b.item.severity) - ALERT_SEVERITIES.indexOf(a.item.severity));
  const urlOf = (path: string) => new URL(path, publicUrl).href;
  const rest = once.slice(MAX_TOLD);
  const lists = [...new Set(rest.map(({ item }) => urlOf(LISTS[item.about])))];
  const paragraphs = [
    `Hello ${person},`,
    ...once.slice(0, MAX_TOLD).map(({ item, timeZone }) => [...item.lines((at) => clock(at, timeZone)), urlOf(item.path)].join("\n")),
    ...(rest.length > 0 ? [`And ${rest.length} more: ${lists.join(" ")}`] : []),
    `You are told this ${reasons(told)}. Change what you are told: ${urlOf("/notifications")}`,
  ];
  return {
    subject: subjectOf(
      once.map(({ item }) => item),
      isDigest,
    ),
    text: `${paragraphs.join("\n\n")}\n`,
  };
}

/** "by your rule “Urgent”", "because you made the rollout". */
function reasons(told: readonly Told[]): string {
  const rules = [...new Set(told.flatMap(({ rule }) => rule ?? []))].map((rule) => `“${rule}”`);
  const made = told.filter(({ item, rule }) => rule === null && item.about === "rollout").length;
  const all = [
    ...(rules.length > 0 ? [`by your ${rules.length === 1 ? "rule" : "rules"} ${rules.join(", ")}`] : []),
    ...(made > 0 ? [`because you made the ${made === 1 ? "rollout" : "rollouts"}`] : []),
  ];
  return all.join(" and ") || "by a rule that is gone";
}

function subjectOf(items: readonly LetterItem[], isDigest: boolean): string {
  const [first] = items;
  if (!first) return "Smart Dairy";
  if (!isDigest && items.length === 1) return first.subject;
  const amounts = (["alert", "rollout"] as const).flatMap((about) => amountOf(items.filter((item) => item.about === about).length, about));
  const critical = items.filter(({ isCritical }) => isCritical).length;
  const suffix = isDigest ? " since the last digest" : critical > 0 ? `, ${critical} critical` : "";
  return `Smart Dairy: ${amounts.join(" and ")}${suffix}`;
}

function amountOf(amount: number, word: string): string[] {
  if (amount === 0) return [];
  return [amount === 1 ? `one ${word}` : `${amount} ${word}s`];
}

function clock(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone }).format(at);
}
