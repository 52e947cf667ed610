/** Stands where `electron` would be in unit tests: importing the real package would start a download. */
throw new Error('a unit test imported electron as a value; pass the module in as an argument instead');
