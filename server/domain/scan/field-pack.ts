/** Devices of one page of what a tablet takes along, and in all: 5,000 are 3 MB, more than any one farm has. */
export const FIELD_PACK_PAGE = 1_000;
export const MAX_FIELD_DEVICES = 5_000;
