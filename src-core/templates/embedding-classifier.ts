/** Words as points: three-word phrases, each word an id, sorted into three topics. */
import { chain } from './chain.ts';
import { template } from './define.ts';

/** Ids by place. */
const WORDS = ['the', 'a', 'an', 'win', 'lose', 'game', 'match', 'vote', 'election', 'chip', 'phone', 'new', 'big'];
const PHRASES: Readonly<Record<string, readonly string[]>> = {
  politics: ['win the vote', 'lose the vote', 'win the election', 'lose an election', 'the big vote', 'a new election'],
  sports: ['win the game', 'lose the game', 'win a match', 'lose the match', 'the big game', 'a new match'],
  tech: ['the new chip', 'a new phone', 'the big chip', 'a big phone', 'lose the phone', 'win a phone'],
};
const rows = Object.entries(PHRASES).flatMap(([topic, phrases]) =>
  phrases.map((phrase) => ({ topic, ids: phrase.split(' ').map((word) => WORDS.indexOf(word)) })),
);

export const embeddingClassifier = template(
  'Embedding classifier',
  'Learns a place in the plane for each of thirteen words, then sorts three-word phrases by topic.',
  {
    place: 130,
    graph: chain(
      ['in', 'input', { shape: [3] }],
      ['words', 'embedding', { vocabulary: WORDS.length, dims: 2 }],
      ['row', 'flatten', {}],
      ['out', 'dense', { units: 3, activation: 'softmax' }],
      ['y', 'output', {}],
    ),
    data: {
      kind: 'inline',
      task: 'multiclass',
      columns: ['word1', 'word2', 'word3'],
      inputs: rows.map(({ ids }) => ids),
      targets: rows.map(({ topic }) => [topic]),
      words: WORDS,
    },
    training: {
      method: 'gradient',
      loss: 'cross_entropy',
      optimizer: { type: 'adam', learning_rate: 0.05 },
      batch_size: 'full',
      epochs: 150,
      seed: 1,
    },
  },
);
