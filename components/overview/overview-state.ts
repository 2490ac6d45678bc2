import { parseAsStringLiteral } from "nuqs/server";
import { BATTERY_VIEWS, OVERVIEW_SPANS } from "@/server/domain/overview/schema";

/** The overview's state in the URL. */
export const OVERVIEW_STATE = { span: parseAsStringLiteral(OVERVIEW_SPANS).withDefault("30d") };

/** The battery list's state in the URL. */
export const BATTERY_STATE = { view: parseAsStringLiteral(BATTERY_VIEWS).withDefault("due") };
