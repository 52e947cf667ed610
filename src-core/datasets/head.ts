/** How many rows as written are kept for people to look at. */
export const HEAD_ROWS = 100;
