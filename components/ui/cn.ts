import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: { theme: { text: ["title", "figure"], radius: ["card", "control", "inner"], shadow: ["card", "float"] } },
});

/** Joins class names; of two that conflict the later one wins. */
export function cn(...classes: (string | false | null | undefined)[]): string {
  return merge(classes.filter(Boolean).join(" "));
}
