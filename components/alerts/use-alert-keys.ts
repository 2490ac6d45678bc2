import { type KeyboardEvent, useCallback } from "react";

interface AlertKeys {
  toggle: (id: string) => void;
  acknowledge: (id: string) => void;
}

/** Keys of the list: J and K or the arrows move, X chooses, A acknowledges, Enter opens. */
export function useAlertKeys({ toggle, acknowledge }: AlertKeys) {
  return useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const row = (event.target as HTMLElement).closest<HTMLElement>("[data-alert]");
      const id = row?.dataset.alert;
      if (!row || !id) return;
      const key = event.key.toLowerCase();
      const step =
        key === "j" || key === "arrowdown" ? row.nextElementSibling : key === "k" || key === "arrowup" ? row.previousElementSibling : null;
      if (step) step.querySelector("a")?.focus();
      else if (key === "x") toggle(id);
      else if (key === "a") acknowledge(id);
      else return;
      event.preventDefault();
    },
    [toggle, acknowledge],
  );
}
