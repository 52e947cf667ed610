/**
 * An SVG file as a PNG picture, twice as fine. The browser draws it as an image, and images see no fonts of the page: the words
 * are taken out before and written over the picture in the bundled typeface.
 */

const FINENESS = 2;

interface Word {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Where the word's own coordinates lie in the picture. */
  readonly matrix: DOMMatrix;
  readonly font: string;
  readonly align: CanvasTextAlign;
  readonly color: string;
}

/** @param svg a whole SVG document with width and height */
export async function pngFromSvg(svg: string): Promise<Uint8Array> {
  const { wordless, words } = takeWords(svg);
  const canvas = await picture(wordless);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('the browser gave no 2D canvas');
  await Promise.all([...new Set(words.map(({ font }) => font))].map((font) => document.fonts.load(font)));
  for (const word of words) write(context, word);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('the browser could not write a PNG');
  return new Uint8Array(await blob.arrayBuffer());
}

async function picture(svg: string): Promise<HTMLCanvasElement> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * FINENESS;
    canvas.height = image.naturalHeight * FINENESS;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The drawing stands in the page for a moment, out of sight: only there do its words have a place and a font. */
function takeWords(svg: string): { wordless: string; words: readonly Word[] } {
  const place = document.createElement('div');
  Object.assign(place.style, { position: 'fixed', left: '-10000px', top: '0' });
  place.setAttribute('aria-hidden', 'true');
  const drawing = document.importNode(new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement, true);
  place.append(drawing);
  document.body.append(place);
  try {
    const texts = [...drawing.querySelectorAll('text')];
    const words = texts.map(wordOf);
    for (const text of texts) text.remove();
    return { wordless: new XMLSerializer().serializeToString(drawing), words };
  } finally {
    place.remove();
  }
}

function wordOf(text: SVGTextElement): Word {
  const { fontStyle, fontWeight, fontSize, fontFamily, textAnchor, fill } = getComputedStyle(text);
  return {
    text: text.textContent,
    x: Number(text.getAttribute('x') ?? 0),
    y: Number(text.getAttribute('y') ?? 0),
    matrix: DOMMatrix.fromMatrix(text.getCTM() ?? new DOMMatrix()),
    font: `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`,
    align: textAnchor === 'middle' ? 'center' : textAnchor === 'end' ? 'right' : 'left',
    color: fill,
  };
}

function write(context: CanvasRenderingContext2D, { text, x, y, matrix, font, align, color }: Word): void {
  context.setTransform(new DOMMatrix().scale(FINENESS).multiply(matrix));
  context.font = font;
  context.textAlign = align;
  context.fillStyle = color;
  context.fillText(text, x, y);
}
