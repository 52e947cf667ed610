/** The runner in Python: one file without dependencies that loads a weights file and predicts. */
import { csv } from './python/csv.ts';
import { layers } from './python/layers.ts';
import { network } from './python/network.ts';
import { products } from './python/products.ts';
import { sequences } from './python/sequences.ts';
import { values } from './python/values.ts';

/** `{WEIGHTS}`: name of the weights file beside it; `{FIRST_AXIS}`: ids of the batch norms that go along the first axis. */
export const pythonRunner = [values, products, sequences, layers, network, csv].join('');
