import { parseAsString, parseAsStringLiteral } from "nuqs/server";

export const WALL_COLOURS = ["dark", "light", "system"] as const;
export type WallColours = (typeof WALL_COLOURS)[number];

/** The wall's state in the URL: what somebody has set up once stays on the screen in the office. */
export const WALL_STATE = {
  farm: parseAsString.withDefault(""),
  colours: parseAsStringLiteral(WALL_COLOURS).withDefault("dark"),
};
