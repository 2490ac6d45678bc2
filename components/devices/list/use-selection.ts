import { useState } from "react";

/** Devices chosen one by one, or everything that matches but for some. */
export interface Selection {
  /** All that match, loaded or not. */
  all: boolean;
  /** The chosen; with `all`, the ones left out. */
  ids: ReadonlySet<string>;
}

const NOTHING: Selection = { all: false, ids: new Set() };

export interface SelectionControl extends Selection {
  isSelected: (id: string) => boolean;
  /** @param range extends from the last one touched, as shift-click does */
  toggle: (id: string, chosen: boolean, range?: boolean) => void;
  selectLoaded: () => void;
  selectAll: () => void;
  clear: () => void;
  count: (total: number) => number;
}

/** Selection over rows that are loaded bit by bit; it is dropped when the filters change (`resetKey`). */
export function useSelection(loaded: readonly string[], resetKey: string): SelectionControl {
  const [selection, setSelection] = useState(NOTHING);
  const [last, setLast] = useState<string | null>(null);
  const [key, setKey] = useState(resetKey);
  if (key !== resetKey) {
    setKey(resetKey);
    setSelection(NOTHING);
  }
  const toggle = (id: string, chosen: boolean, range = false) => {
    const from = range && last ? loaded.indexOf(last) : -1;
    const to = loaded.indexOf(id);
    const touched = from < 0 || to < 0 ? [id] : loaded.slice(Math.min(from, to), Math.max(from, to) + 1);
    const ids = new Set(selection.ids);
    for (const one of touched) {
      if (chosen === selection.all) ids.delete(one);
      else ids.add(one);
    }
    setSelection({ ...selection, ids });
    setLast(id);
  };
  return {
    ...selection,
    toggle,
    isSelected: (id) => selection.all !== selection.ids.has(id),
    selectLoaded: () => setSelection({ all: false, ids: new Set(loaded) }),
    selectAll: () => setSelection({ all: true, ids: new Set() }),
    clear: () => setSelection(NOTHING),
    count: (total) => (selection.all ? Math.max(0, total - selection.ids.size) : selection.ids.size),
  };
}
