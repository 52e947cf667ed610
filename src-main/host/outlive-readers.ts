/** A host goes on when nobody reads what it prints any more: a closed terminal, a pipe to a program that has ended. */

export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}
