/** The chosen farm. Read by the server too, so that a page arrives already narrowed to it. */
export const FARM_COOKIE = "smart-dairy-farm";
