/** Turns the exports of an `all.ts` into a record by id: the id of `leakyRelu` is 'leaky_relu'. */

/** 'leakyRelu' → 'leaky_relu', at the type level. */
export type SnakeCase<S extends string> = S extends `${infer Head}${infer Tail}`
  ? Head extends Lowercase<Head>
    ? `${Head}${SnakeCase<Tail>}`
    : `_${Lowercase<Head>}${SnakeCase<Tail>}`
  : S;

/** 'leakyRelu' → 'leaky_relu'. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export type RegistryOf<All> = { readonly [K in keyof All & string as SnakeCase<K>]: All[K] };

/**
 * The record behind a registry, its ids in code-unit order.
 * @param all the namespace of an `all.ts`
 */
export function registryOf<All extends object>(all: All): RegistryOf<All> {
  const entries = Object.entries(all).map(([name, entry]) => [snakeCase(name), entry] as const);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries) as RegistryOf<All>;
}
