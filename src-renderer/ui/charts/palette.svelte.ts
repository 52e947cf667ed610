/** The data colours of the current theme, read from its tokens; whoever reads them is run again when the theme changes. */
import { createSubscriber } from 'svelte/reactivity';
import { diverging, parseColor, type Rgb } from './color.ts';

export interface DataPalette {
  readonly surface: Rgb;
  readonly text: Rgb;
  readonly mutedText: Rgb;
  readonly gridLine: Rgb;
  readonly accent: Rgb;
  readonly warning: Rgb;
  readonly danger: Rgb;
  /** Middle of the diverging map. */
  readonly neutral: Rgb;
  readonly train: Rgb;
  readonly validation: Rgb;
  /** One a class, in class order. */
  readonly classes: readonly Rgb[];
  readonly font: string;
  readonly monoFont: string;
}

const CLASS_COLORS = 8;

/** A build may write a token in its shortest form ('#fff', 'tan'); a canvas tells every form as `#rrggbb`. */
function plainColor(text: string): string {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return text;
  context.fillStyle = 'transparent';
  context.fillStyle = text; // ignored, as CSS has it, when it is no colour
  return context.fillStyle;
}

/** Reads the tokens as they stand on an element. */
export function readPalette(element: Element): DataPalette {
  const style = getComputedStyle(element);
  const text = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const color = (name: string): Rgb => parseColor(plainColor(text(name)));
  return {
    surface: color('surface'),
    text: color('text'),
    mutedText: color('chart-text'),
    gridLine: color('chart-grid'),
    accent: color('accent'),
    warning: color('warning'),
    danger: color('danger'),
    neutral: color('neutral'),
    train: color('train'),
    validation: color('validation'),
    classes: Array.from({ length: CLASS_COLORS }, (_, i) => color(`class-${i}`)),
    font: text('font'),
    monoFont: text('font-mono'),
  };
}

let read: DataPalette | null = null;

/** The theme is an attribute of the root element; every change of it makes the tokens be read afresh. */
const subscribe = createSubscriber((update) => {
  const observer = new MutationObserver(() => {
    read = null;
    update();
  });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] });
  return () => {
    read = null;
    observer.disconnect();
  };
});

/** The palette of the page; reactive where it is read inside an effect or a derived value. */
export function currentPalette(): DataPalette {
  subscribe();
  read ??= readPalette(document.documentElement);
  return read;
}

/** The colour of a class; after the series' end it comes round again. */
export function classColor(palette: DataPalette, index: number): Rgb {
  return palette.classes[index % palette.classes.length] ?? palette.neutral;
}

/** The colour of a real target on the diverging map between the first two class colours. */
export function valueColor(palette: DataPalette, share: number): Rgb {
  return diverging(classColor(palette, 0), palette.neutral, classColor(palette, 1), share);
}
