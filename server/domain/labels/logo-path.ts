/** The milk bottle without its tile, in lines, twice as high as wide: for labels, which are black on white. */
export const LOGO_HEIGHT = 32;
export const LOGO_LINE_WIDTH = 2.4;
export const LOGO_PATHS = [
  "M4.5 3h7M5.4 3v4.4a6 6 0 0 1-1 3.2l-.6.9a6 6 0 0 0-1 3.3V26a3 3 0 0 0 3 3h4.4a3 3 0 0 0 3-3V14.8a6 6 0 0 0-1-3.3l-.6-.9a6 6 0 0 1-1-3.2V3",
  "M2.8 18.2a5.2 5.2 0 0 1 5.2 0 5.2 5.2 0 0 0 5.2 0",
] as const;
