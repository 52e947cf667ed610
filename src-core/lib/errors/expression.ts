/** Texts of the errors about typed formulas. */
export const expressionErrors = {
  'expression.syntax': (d: { column: number; expected: string; found: string }) =>
    `expression: column ${d.column}: expected ${d.expected}, got ${d.found}`,
  'expression.function': (d: { column: number; name: string; known: string }) =>
    `expression: column ${d.column}: expected one of the functions ${d.known}, got ${d.name}`,
  'expression.arguments': (d: { column: number; name: string; expected: string; found: number }) =>
    `expression: column ${d.column}: expected ${d.expected} for ${d.name}, got ${d.found}`,
  'expression.too_long': (d: { limit: string }) => `expression: expected at most ${d.limit}`,
  'expression.value': (d: { name: string; given: string }) =>
    `expression: expected a value for ${d.name}, got values for ${d.given}`,
};
