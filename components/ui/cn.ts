/**
 * What a class sets, most particular first: [pattern, property, properties it covers too].
 * A later class replaces an earlier one of the same property. Ours instead of tailwind-merge, which
 * is 9 KB of every page: this knows the utilities we use, not all there are, and leaves alone what it does not know.
 */
const PROPERTIES: readonly [RegExp, string, ...string[]][] = [
  [/^(block|inline-block|inline|flex|inline-flex|grid|inline-grid|contents|table|hidden)$/, "display"],
  [/^(static|fixed|absolute|relative|sticky)$/, "position"],
  [/^(size)-/, "size", "w", "h"],
  [/^(min-w|max-w|min-h|max-h|w|h|basis|z|opacity|order)-/, "$1"],
  [/^p-/, "p", "px", "py", "pt", "pr", "pb", "pl"],
  [/^px-/, "px", "pr", "pl"],
  [/^py-/, "py", "pt", "pb"],
  [/^m-/, "m", "mx", "my", "mt", "mr", "mb", "ml"],
  [/^mx-/, "mx", "mr", "ml"],
  [/^my-/, "my", "mt", "mb"],
  [/^([pm][trbl])-/, "$1"],
  [/^inset-(?![xy]-)/, "inset", "inset-x", "inset-y", "top", "right", "bottom", "left"],
  [/^inset-x-/, "inset-x", "left", "right"],
  [/^inset-y-/, "inset-y", "top", "bottom"],
  [/^(top|right|bottom|left)-/, "$1"],
  [/^gap-(?![xy]-)/, "gap", "gap-x", "gap-y"],
  [/^(gap-x|gap-y)-/, "$1"],
  [/^(grid-cols|grid-rows|col-start|row-start|justify-self|justify-items|justify|items|self|content)-/, "$1"],
  [/^flex-(row|col)/, "flex-direction"],
  [/^flex-(wrap|nowrap)/, "flex-wrap"],
  [/^flex-/, "flex", "grow", "shrink", "basis"],
  [/^(grow|shrink)(-|$)/, "$1"],
  [/^text-(xs|sm|base|lg|xl|title|figure|\[(clamp\(.+\)|[\d.]+(rem|px|em))\])$/, "font-size", "leading"],
  [/^text-(left|center|right)$/, "text-align"],
  [/^text-(pretty|balance|wrap|nowrap)$/, "text-wrap"],
  [/^text-(ellipsis|clip)$|^truncate$/, "text-overflow"],
  [/^text-/, "color"],
  [/^(leading|tracking|whitespace)-/, "$1"],
  [/^font-(sans|mono)$/, "font-family"],
  [/^font-/, "font-weight"],
  [/^bg-/, "background"],
  [/^rounded(-(?![trbl]{1,2}(-|$))|$)/, "radius", "radius-t", "radius-r", "radius-b", "radius-l"],
  [/^rounded-([trbl])(-|$)/, "radius-$1"],
  [/^border(-\d)?$/, "border-width", "border-t", "border-r", "border-b", "border-l", "border-x", "border-y"],
  [/^border-x(-\d)?$/, "border-x", "border-l", "border-r"],
  [/^border-y(-\d)?$/, "border-y", "border-t", "border-b"],
  [/^border-([trbl])(-\d)?$/, "border-$1"],
  [/^border-(separate|collapse)$/, "border-collapse"],
  [/^border-spacing-/, "border-spacing"],
  [/^border-(solid|dashed|dotted|none)$/, "border-style"],
  [/^border-/, "border-color"],
  [/^overflow-(?![xy]-)/, "overflow", "overflow-x", "overflow-y"],
  [/^(overflow-x|overflow-y)-/, "$1"],
  [/^line-clamp-/, "line-clamp", "display", "overflow", "overflow-x", "overflow-y"],
  [/^(shadow|transition)(-|$)/, "$1"],
  [/^ring-(?!\d|inset)/, "ring-color"],
  [/^(translate-x|translate-y|scale|cursor|outline-offset|select|pointer-events|animate|duration)-/, "$1"],
];

const MAX_REMEMBERED = 1000;
const remembered = new Map<string, string>();

/** Joins class names; of two that set the same property under the same variants the later one wins. */
export function cn(...classes: (string | false | null | undefined)[]): string {
  const given = classes.filter(Boolean).join(" ");
  let merged = remembered.get(given);
  if (merged === undefined) {
    merged = merge(given);
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(given, merged);
  }
  return merged;
}

function merge(given: string): string {
  const taken = new Set<string>();
  const kept: string[] = [];
  const names = given.split(/\s+/).filter(Boolean);
  for (const name of names.reverse()) {
    const [, variants = "", utility = ""] = /^((?:(?:\[[^\]]*\]|\([^)]*\)|[^:[(])+:)*)-?(.*)$/.exec(name) ?? [];
    const found = PROPERTIES.find(([pattern]) => pattern.test(utility));
    if (found) {
      const [pattern, property, ...covered] = found;
      const own = utility.match(pattern)?.[0].replace(pattern, property) ?? property;
      const scope = variants + (utility.endsWith("!") ? "!" : "");
      if (taken.has(scope + own)) continue;
      for (const each of [own, ...covered]) taken.add(scope + each);
    }
    kept.push(name);
  }
  return kept.reverse().join(" ");
}
