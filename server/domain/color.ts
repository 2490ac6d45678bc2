import { z } from "zod";

/**
 * The twelve colours by which people tell groups and tags apart (the specification's colour index). A colour is never
 * alone: the name stands beside it. Each has one token in app/globals.css, for light and dark.
 */
export const COLOR_NAMES = [
  "Grey",
  "Teal",
  "Green",
  "Lime",
  "Yellow",
  "Orange",
  "Red",
  "Pink",
  "Purple",
  "Indigo",
  "Blue",
  "Brown",
] as const;

const MESSAGE = "Choose one of the twelve colours";

/** An index into {@link COLOR_NAMES}. */
export const colorSchema = z
  .number(MESSAGE)
  .int(MESSAGE)
  .min(0, MESSAGE)
  .max(COLOR_NAMES.length - 1, MESSAGE);
