/** The import table of the house: which folder may import which. Read it as the map of the code. */
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import extractTypeScriptConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

const NUMERIC = ['core/lib', 'core/tensor'];
const MODEL = [...NUMERIC, 'core/graph'];
/** What declares layers, losses and the like: all record ops, none computes. */
const DECLARED = [
  'core/layers',
  'core/initializers',
  'core/losses',
  'core/optimizers',
  'core/schedules',
  'core/metrics',
];
const PROGRAM = [...MODEL, 'core/ops', 'core/kernels', ...DECLARED, 'core/analysis', 'core/compile', 'core/runtime'];
const ENGINE = [...PROGRAM, 'core/autodiff', 'core/datasets', 'core/trainer', 'core/formats', 'core/templates'];
const WINDOW = ['renderer/state', 'renderer/commands', 'renderer/ui', 'renderer/theme'];
/** What the window may know of the core: documents, layers and shapes, never kernels or the trainer. */
const SEEN = [
  ...MODEL,
  ...DECLARED,
  'core/ops',
  'core/analysis',
  'core/autodiff',
  'core/datasets',
  'core/templates',
  'core/formats',
  'core/contract',
];

/** "folder": folders it may import, besides itself. A name covers what lies below it. */
const TABLE: Readonly<Record<string, readonly string[]>> = {
  'core/lib': [],
  'core/tensor': ['core/lib'],
  'core/ops': NUMERIC,
  'core/kernels': [...NUMERIC, 'core/ops'],
  'core/initializers': [...NUMERIC, 'core/ops'],
  'core/layers': [...NUMERIC, 'core/ops', 'core/initializers'],
  'core/losses': [...NUMERIC, 'core/ops'],
  'core/optimizers': [...NUMERIC, 'core/ops'],
  'core/schedules': NUMERIC,
  'core/metrics': NUMERIC,
  'core/graph': ['core/lib'],
  'core/autodiff': ['core/lib'],
  'core/datasets': [...MODEL, 'core/autodiff'],
  'core/analysis': [...MODEL, ...DECLARED, 'core/ops', 'core/datasets'],
  'core/compile': [...MODEL, ...DECLARED, 'core/ops', 'core/kernels', 'core/analysis'],
  'core/runtime': [...MODEL, ...DECLARED, 'core/ops', 'core/kernels', 'core/analysis', 'core/compile'],
  'core/trainer': [...PROGRAM, 'core/datasets'],
  'core/formats': [...PROGRAM, 'core/datasets', 'core/trainer'],
  'core/templates': [...MODEL],
  'core/lessons': ['core/lib', 'core/autodiff'],
  'core/contract': MODEL,
  'main/store': ['core/lib', 'core/graph', 'core/contract'],
  'main/rpc': ['core/lib', 'core/contract'],
  'main/engine': [...ENGINE, 'core/contract', 'main/rpc', 'main/store/io.ts'],
  'main/services': [...ENGINE, 'core/contract', 'main/store', 'main/engine', 'main/host/host.ts'],
  'main/host': [...ENGINE, 'core/contract', 'main/store', 'main/engine', 'main/services', 'main/rpc'],
  'main/preload': ['core/contract', 'main/host/electron'],
  'main/cli': [...ENGINE, 'core/contract', 'main/store', 'main/host', 'main/services', 'main/engine', 'main/rpc'],
  'renderer/theme': [],
  'renderer/ui': ['renderer/theme'],
  'renderer/host': ['core/contract', 'core/lib'],
  'renderer/state': [...SEEN, 'renderer/host'],
  'renderer/commands': [...SEEN, 'renderer/state'],
  'renderer/editor': [...SEEN, ...WINDOW],
  'renderer/inspector': [...SEEN, ...WINDOW],
  'renderer/plots': [...SEEN, ...WINDOW],
  'renderer/experiments': [...SEEN, ...WINDOW],
  'renderer/data': [...SEEN, ...WINDOW],
  'renderer/lessons': [...SEEN, 'core/lessons', ...WINDOW],
  'renderer/predict': [...SEEN, ...WINDOW],
};

/** Types may also be taken from here: a type is gone at run time and cannot pull code along. */
const TYPES_ONLY: Readonly<Record<string, readonly string[]>> = {
  'core/contract': ENGINE,
  'core/trainer': ['core/contract'],
  'core/datasets': ['core/contract'],
  'core/formats': ['core/contract'],
  'renderer/state': ENGINE,
  'renderer/commands': ['renderer/ui'],
};

/** Packages, by folder; whatever is not listed may import none. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'core/formats': ['@noble/hashes', 'protobufjs', 'fflate', 'valibot'],
  'core/trainer': ['@noble/hashes', 'valibot'],
  'core/datasets': ['papaparse', 'fflate', '@noble/hashes', 'jpeg-js'],
  'core/graph': ['valibot'],
  'core/contract': ['valibot'],
};

const folder = (name: string): string => `^src-${name.replace('.', '\\.')}(/|$)`;
const anyOf = (names: readonly string[]): string[] => names.map(folder);

function importRule(from: string, allowed: readonly string[]): IForbiddenRuleType {
  return {
    name: `${from} may import ${allowed.length === 0 ? 'nothing' : allowed.join(', ')}`,
    severity: 'error',
    from: { path: folder(from) },
    to: {
      path: '^src-',
      pathNot: anyOf([from, ...allowed]),
      dependencyTypesNot: ['type-only', 'type-import'],
    },
  };
}

function typeRule(from: string, allowed: readonly string[]): IForbiddenRuleType {
  return {
    name: `${from} may import types from ${[...allowed, ...(TYPES_ONLY[from] ?? [])].join(', ')}`,
    severity: 'error',
    from: { path: folder(from) },
    to: {
      path: '^src-',
      pathNot: anyOf([from, ...allowed, ...(TYPES_ONLY[from] ?? [])]),
      dependencyTypes: ['type-only'],
    },
  };
}

function packageRule(from: string): IForbiddenRuleType {
  const allowed = (PACKAGES[from] ?? []).map((name) => `node_modules/${name}(/|$)`);
  return {
    name: `${from} may use the packages ${PACKAGES[from]?.join(', ') ?? '(none)'}`,
    severity: 'error',
    from: { path: folder(from) },
    to: { path: 'node_modules', ...(allowed.length > 0 ? { pathNot: allowed } : {}) },
  };
}

const coreFolders = Object.keys(TABLE).filter((name) => name.startsWith('core/'));
const rules: IForbiddenRuleType[] = [
  ...Object.entries(TABLE).map(([from, allowed]) => importRule(from, allowed)),
  ...Object.entries(TABLE).map(([from, allowed]) => typeRule(from, allowed)),
  ...coreFolders.map(packageRule),
  {
    name: 'no cycles',
    severity: 'error',
    from: { path: '^src-' },
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'core uses no Node module',
    severity: 'error',
    from: { path: '^src-core' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'the window uses no Node module',
    severity: 'error',
    from: { path: '^src-renderer' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'every import is found',
    severity: 'error',
    from: { path: '^src-' },
    to: { couldNotResolve: true, pathNot: '^electron$' },
  },
  {
    name: 'only the shell imports electron as a value',
    severity: 'error',
    from: { path: '^src-', pathNot: ['^src-main/electron\\.ts$', '^src-main/preload/'] },
    to: { path: 'node_modules/electron/|^electron$', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'only the store touches better-sqlite3',
    severity: 'error',
    from: { path: '^src-', pathNot: '^src-main/store/' },
    to: { path: 'node_modules/(@types/)?better-sqlite3/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'only the browser host and its wire import ws and http',
    severity: 'error',
    from: { path: '^src-', pathNot: ['^src-main/host/browser/', '^src-main/rpc/wire-socket\\.ts$'] },
    to: { path: 'node_modules/(@types/)?ws/|^(node:)?https?$', dependencyTypesNot: ['type-only'] },
  },
];

let result: ICruiseResult;
beforeAll(async () => {
  const output = await cruise(
    ['src-core', 'src-main', 'src-renderer'],
    {
      baseDir: root,
      ruleSet: { forbidden: rules },
      validate: true,
      tsPreCompilationDeps: 'specify',
      tsConfig: { fileName: 'tsconfig.json' },
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '\\.css$' },
    },
    {
      extensions: ['.ts', '.mjs', '.js', '.svelte', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'default'],
    },
    { tsConfig: extractTypeScriptConfig('tsconfig.json') },
  );
  result = output.output as ICruiseResult;
}, 60_000);

test('imports follow the table', () => {
  const found = result.summary.violations.map((v) => `${v.from} -> ${v.to}: ${v.rule.name}`);
  expect(found).toEqual([]);
});

test('the map covers every folder of the sources', () => {
  const mapped = Object.keys(TABLE).map((name) => new RegExp(folder(name)));
  const entries = /^src-(main\/[\w.-]+\.(ts|mjs|mts)|renderer\/(main\.ts|App\.svelte|panels\/.*|vite-env\.d\.ts))$/;
  const unmapped = result.modules
    .map((module) => module.source)
    .filter((source) => source.startsWith('src-'))
    .filter((source) => !entries.test(source) && !mapped.some((pattern) => pattern.test(source)));
  expect(unmapped).toEqual([]);
});

test('the scan reads TypeScript, modules and components', () => {
  const kinds = new Set(
    result.modules.filter((m) => m.source.startsWith('src-')).map((m) => m.source.split('.').pop()),
  );
  expect([...kinds].sort()).toEqual(expect.arrayContaining(['mjs', 'svelte', 'ts']));
});
