import { useRef } from "react";
import { newRequestKey } from "./wizard-draft";

/** The same content sent again (double click, lost answer) is the same request and keeps its key; changed content is a new one. */
export function useRequestKey(): (input: unknown) => string {
  const sent = useRef({ content: "", key: "" });
  return (input) => {
    const content = JSON.stringify(input);
    if (sent.current.content !== content) sent.current = { content, key: newRequestKey() };
    return sent.current.key;
  };
}
