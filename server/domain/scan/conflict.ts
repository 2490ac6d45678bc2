/** Who made the change that stands against ours, as far as the log says. */
export interface ForeignChange {
  by: string;
  /** ISO 8601 */
  at: string;
}

/** Both sides of one disagreement, to choose from. */
export type FieldConflict =
  | { about: "location"; base: string | null; yours: string | null; theirs: string | null; change: ForeignChange | null }
  | {
      about: "work";
      title: string;
      yours: { doneOn: string; notes: string | null };
      theirs: {
        status: "planned" | "done" | "cancelled";
        title: string;
        doneOn: string | null;
        technician: string | null;
        notes: string | null;
      };
      /** Of the record as it is now. */
      version: number;
      change: ForeignChange | null;
    };

/** Whether ours can still win: finished or cancelled work stays as it is. */
export function canInsist(conflict: FieldConflict): boolean {
  return conflict.about === "location" || conflict.theirs.status === "planned";
}
