export type Permission = NotificationPermission | "unsupported";

const listeners = new Set<() => void>();

/** What the browser says now; it has no event for it everywhere, so whoever asks tells the others. */
export function permissionNow(): Permission {
  return typeof Notification === "undefined" ? "unsupported" : Notification.permission;
}

export function subscribeToPermission(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Has to be called by a click. */
export function askPermission(): void {
  void Notification.requestPermission().then(() => listeners.forEach((listener) => listener()));
}
