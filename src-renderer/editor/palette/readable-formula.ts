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

export function readableFormula(tex: string): string {
  return tex
    .replace(/\\frac\{([^{}]*)\}\{([^{}]*)\}/g, '($1)/($2)')
    .replace(/\\(?:mathrm|text|operatorname|mathbf|mathcal|mathbb|hat|bar|tilde)\{([^{}]*)\}/g, '$1')
    .replace(/\\([A-Za-z]+)/g, (_, name: string) => SIGNS[name] ?? (/^(left|right|big|Big)$/.test(name) ? '' : name))
    .replace(/\\[,;:! ]/g, ' ')
    .replace(/\^ᵀ/g, 'ᵀ')
    .replace(/[{}]/g, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}
