/** Svelte settings shared by the build, svelte-check and the linter. */
export default { compilerOptions: { runes: true } };
