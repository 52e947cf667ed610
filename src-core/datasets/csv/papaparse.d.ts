/** The part of papaparse that is used here. Its published types bring Node's and the browser's along, which core must not see. */
declare module 'papaparse' {
  interface ParserConfig {
    readonly delimiter: string;
    readonly newline: '\n';
  }
  interface ParserResult {
    readonly data: string[][];
    readonly errors: readonly ParserError[];
    /** `cursor`: characters read, up to the end of the last whole record. */
    readonly meta: { readonly cursor: number };
  }
  export interface ParserError {
    readonly code: string;
    /** Where the field's text begins: behind its opening quote. */
    readonly index: number;
  }
  /** The parser below `Papa.parse`: it takes text in pieces. */
  interface Parser {
    parse(input: string, baseIndex: number, ignoreLastRow: boolean): ParserResult;
  }
  const Papa: {
    readonly Parser: new (config: ParserConfig) => Parser;
    /** Whole texts, every option guessed: tests read back with it what the app has written. */
    parse<Row>(text: string): { readonly data: Row[] };
  };
  export default Papa;
}
