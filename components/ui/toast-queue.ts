import type { ExternalToast, toast as sonner } from "sonner";

type Show = (target: typeof sonner) => void;

const waiting: Show[] = [];
const listeners = new Set<() => void>();
let target: typeof sonner | undefined;
let wanted = false;

function post(show: Show): void {
  if (target) return show(target);
  waiting.push(show);
  wanted = true;
  for (const listener of listeners) listener();
}

/** Called by the viewport once it listens; returns how to disconnect. */
export function connectToasts(to: typeof sonner): () => void {
  target = to;
  for (const show of waiting.splice(0)) show(to);
  return () => {
    target = undefined;
  };
}

export function subscribeToToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function toastsWanted(): boolean {
  return wanted;
}

let lastId = 0;

function kind(name: "success" | "error" | "warning" | "info" | "loading") {
  /** Returns the id, for `toast.dismiss` or to replace the toast by one with the same id. */
  return (message: string, options: ExternalToast = {}): string | number => {
    const id = options.id ?? `toast-${++lastId}`;
    post((to) => to[name](message, { ...options, id }));
    return id;
  };
}

export const toast = {
  success: kind("success"),
  error: kind("error"),
  warning: kind("warning"),
  info: kind("info"),
  loading: kind("loading"),
  dismiss: (id: string | number): void => post((to) => to.dismiss(id)),
};
