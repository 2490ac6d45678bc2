/** Devices of one page of what a tablet takes along. */
export const FIELD_PACK_PAGE = 1_000;
