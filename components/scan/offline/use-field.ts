"use client";

import { createContext, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { type FieldSnapshot, FieldStore } from "./field-store";

const Context = createContext<FieldStore | null>(null);
export const FieldProvider = Context.Provider;

/** Made once a page. */
export function useNewFieldStore(): FieldStore {
  const [store] = useState(() => new FieldStore());
  useEffect(() => store.start(), [store]);
  return store;
}

export function useFieldStore(): FieldStore {
  const store = useContext(Context);
  if (!store) throw new Error("useFieldStore is for parts of the scanner");
  return store;
}

/** What the scanner knows now. */
export function useField(store: FieldStore): FieldSnapshot {
  return useSyncExternalStore(store.subscribe, store.snapshot, store.serverSnapshot);
}
