/** TeX of a layer's formula as one line of plain text, for a tooltip. */

const SIGNS: Readonly<Record<string, string>> = {
  top: 'ᵀ',
  cdot: '·',
  times: '×',
  odot: '⊙',
  oplus: '⊕',
  sum: 'Σ',
  prod: 'Π',
  sqrt: '√',
  sigma: 'σ',
  mu: 'μ',
  gamma: 'γ',
  beta: 'β',
  alpha: 'α',
  epsilon: 'ε',
  varepsilon: 'ε',
  delta: 'δ',
  theta: 'θ',
  phi: 'φ',
  Phi: 'Φ',
  pi: 'π',
  sim: '~',
  le: '≤',
  leq: '≤',
  ge: '≥',
  geq: '≥',
  ne: '≠',
  in: '∈',
  to: '→',
  rightarrow: '→',
  ldots: '…',
  dots: '…',
  infty: '∞',
  quad: '  ',
  mid: '|',
  circ: '∘',
  ast: '∗',
  star: '∗',
};

/** Commands with arguments, innermost first: what they become once their arguments hold no braces. */
const GROUPS: readonly (readonly [RegExp, string])[] = [
  [/\\(?:mathrm|mathrel|text|operatorname|mathbf|mathcal|mathbb|hat|bar|tilde)\{([^{}]*)\}/g, '$1'],
  [/\\begin\{[a-z]+\}|\\end\{[a-z]+\}/g, ''],
  [/([_^])\{([^{}]|\\[a-z]+)\}/g, '$1$2'],
  [/([_^])\{([^{}]*)\}/g, '$1($2)'],
  [/\\sqrt\{([^{}]*)\}/g, '√($1)'],
  [/\\frac\{([^{}]*)\}\{([^{}]*)\}/g, '($1)/($2)'],
];

function withoutGroups(tex: string): string {
  const next = GROUPS.reduce((text, [pattern, plain]) => text.replace(pattern, plain), tex);
  return next === tex ? tex : withoutGroups(next);
}

/** 'y = f(x W^\\top + b)' → 'y = f(x Wᵀ + b)'. */
export function readableFormula(tex: string): string {
  return withoutGroups(tex)
    .replace(/\\\\/g, '; ')
    .replace(/\\([A-Za-z]+)/g, (_, name: string) => SIGNS[name] ?? (/^(left|right|big|Big)$/.test(name) ? '' : name))
    .replace(/\\[,;:! ]/g, ' ')
    .replace(/[\\{}&]/g, '')
    .replace(/\^ᵀ/g, 'ᵀ')
    .replace(/ {2,}/g, ' ')
    .trim();
}
