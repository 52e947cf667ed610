/** The words of a lesson, read into blocks: paragraphs of text, strong text, formulas and live numbers. */

export type Span =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'tex'; readonly tex: string }
  /** A live number, as readings.ts reads it. */
  | { readonly kind: 'reading'; readonly reading: string };

export type Block =
  { readonly kind: 'paragraph'; readonly line: string } | { readonly kind: 'formula'; readonly tex: string };

const SPAN = /\$([^$]+)\$|\[\[([^\]]+)\]\]|\*\*([^*]+)\*\*/g;

/** Blocks are parted by empty lines; $$…$$ alone is a formula of its own. `readSpans` reads the line of a paragraph. */
export function readProse(text: string): Block[] {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((block) => readBlock(block.replace(/\s+/g, ' ').trim()));
}

function readBlock(block: string): Block {
  const [, tex] = /^\$\$(.+)\$\$$/.exec(block) ?? [];
  return tex === undefined ? { kind: 'paragraph', line: block } : { kind: 'formula', tex: tex.trim() };
}

/** One line of prose. */
export function readSpans(line: string): Span[] {
  const spans: Span[] = [];
  let end = 0;
  for (const match of line.matchAll(SPAN)) {
    const [whole, tex, reading, strong] = match;
    if (match.index > end) spans.push({ kind: 'text', text: line.slice(end, match.index) });
    if (tex !== undefined) spans.push({ kind: 'tex', tex });
    if (reading !== undefined) spans.push({ kind: 'reading', reading });
    if (strong !== undefined) spans.push({ kind: 'strong', text: strong });
    end = match.index + whole.length;
  }
  if (end < line.length) spans.push({ kind: 'text', text: line.slice(end) });
  return spans;
}
