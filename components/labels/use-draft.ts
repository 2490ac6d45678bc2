import { useState } from "react";

/** What somebody is typing; the value itself once they rest, so that it follows when it changes elsewhere. */
export function useDraft(value: string): { text: string; type: (text: string) => void; rest: () => void } {
  const [draft, setDraft] = useState<string>();
  return { text: draft ?? value, type: setDraft, rest: () => setDraft(undefined) };
}
