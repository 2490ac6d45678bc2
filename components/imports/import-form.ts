import type { ColumnMapping } from "@/server/domain/imports/match-columns";
import type { ImportSettings } from "@/server/domain/imports/schema";

/** How a file is to be taken: its columns, and what is done with its rows. */
export interface ImportForm extends ImportSettings {
  mapping: ColumnMapping;
}

export const FIRST_SETTINGS: ImportSettings = { mode: "create", onError: "all_or_nothing", defaultFarmId: null, issueCredentials: false };
