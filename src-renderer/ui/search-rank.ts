/** What a search of a few words finds, the likeliest first: names that start so, then words of a name, then the rest. */

const START_OF_NAME = 0;
const START_OF_WORD = 1;
const MIDDLE = 2;
const ELSEWHERE = 3;

/** What is searched: `name` counts more than the `rest` that is said about it. */
export interface Searched {
  readonly name: string;
  readonly rest: string;
}

/** The words of a query, in lower case. */
export function wordsOf(query: string): readonly string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

/** 0 the name starts with it · 1 a word of the name does · 2 within the name · 3 in the rest; null: nowhere. */
function rankOfWord(word: string, name: string, rest: string): number | null {
  const at = name.indexOf(word);
  if (at === 0) return START_OF_NAME;
  if (at > 0) return name.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word)) ? START_OF_WORD : MIDDLE;
  return rest.includes(word) ? ELSEWHERE : null;
}

/** How well a text fits all the words, smaller is better; null: a word is nowhere in it. Without words everything fits alike. */
function searchRank(words: readonly string[], { name, rest }: Searched): number | null {
  const [title, more] = [name.toLowerCase(), rest.toLowerCase()];
  const ranks = words.map((word) => rankOfWord(word, title, more));
  return ranks.every((rank) => rank !== null) ? ranks.reduce((sum, rank) => sum + rank, 0) : null;
}

/** The items that fit, the best first; those that fit alike stay in their order. */
export function bestFirst<T>(items: readonly T[], query: string, searched: (item: T) => Searched): readonly T[] {
  const words = wordsOf(query);
  return items
    .flatMap((item) => {
      const rank = searchRank(words, searched(item));
      return rank === null ? [] : [{ item, rank }];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
