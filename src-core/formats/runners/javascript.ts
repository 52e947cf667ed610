/** The runner in JavaScript: one file without dependencies that loads a weights file and predicts. */
import { csv } from './javascript/csv.ts';
import { layers } from './javascript/layers.ts';
import { network } from './javascript/network.ts';
import { products } from './javascript/products.ts';
import { sequences } from './javascript/sequences.ts';
import { values } from './javascript/values.ts';

/** `{WEIGHTS}`: name of the weights file beside it; `{FIRST_AXIS}`: ids of the batch norms that go along the first axis. */
export const javascriptRunner = [values, products, sequences, layers, network, csv].join('');
