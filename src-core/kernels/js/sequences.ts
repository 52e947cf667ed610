/** Recurrent loops over time and their gradients, one row of the batch after another. */
import type { Kernel, Operand } from '../backend.ts';
import { inputAt, outputAt } from '../operands.ts';
import { logistic } from './activations.ts';

function lengths(hidden: Operand) {
  const [time = 0, units = 0] = hidden.shape;
  return { time, units };
}

/** (W h)[gate] + b[gate] with h at `at`, or b alone before the first step. */
function contribution(w: Operand, b: Operand, gate: number, h: Operand, at: number, isFirst: boolean): number {
  const units = w.shape[1] ?? 0;
  let sum = b.data[gate] as number;
  if (isFirst) return sum;
  for (let k = 0; k < units; k++) sum += (w.data[gate * units + k] as number) * (h.data[at + k] as number);
  return sum;
}

/** carried[k] = Σ W[gate, k]·d[gate]: what reaches the hidden state before. */
function carryBack(w: Operand, d: Operand, at: number, gates: number, carried: Float64Array): void {
  for (let k = 0; k < carried.length; k++) {
    let sum = 0;
    for (let gate = 0; gate < gates; gate++) {
      sum += (w.data[gate * carried.length + k] as number) * (d.data[at + gate] as number);
    }
    carried[k] = sum;
  }
}

export const simpleRnn: Kernel = (call) => {
  const [x, w, b, h] = [inputAt(call, 0), inputAt(call, 1), inputAt(call, 2), outputAt(call)];
  const { time, units } = lengths(h);
  return ({ rows }) => {
    for (let row = 0; row < rows; row++) {
      for (let t = 0; t < time; t++) {
        const at = (row * time + t) * units;
        for (let u = 0; u < units; u++) {
          h.data[at + u] = Math.tanh((x.data[at + u] as number) + contribution(w, b, u, h, at - units, t === 0));
        }
      }
    }
  };
};

export const simpleRnnGradient: Kernel = (call) => {
  const [h, w, g, d] = [inputAt(call, 0), inputAt(call, 1), inputAt(call, 2), outputAt(call)];
  const { time, units } = lengths(h);
  const carried = new Float64Array(units);
  return ({ rows }) => {
    for (let row = 0; row < rows; row++) {
      carried.fill(0);
      for (let t = time - 1; t >= 0; t--) {
        const at = (row * time + t) * units;
        for (let u = 0; u < units; u++) {
          const value = h.data[at + u] as number;
          d.data[at + u] = ((g.data[at + u] as number) + (carried[u] as number)) * (1 - value * value);
        }
        carryBack(w, d, at, units, carried);
      }
    }
  };
};

export const lstm: Kernel = (call) => {
  const [x, w, b] = [inputAt(call, 0), inputAt(call, 1), inputAt(call, 2)];
  const [h, gates, cells] = [outputAt(call, 0), outputAt(call, 1), outputAt(call, 2)];
  const { time, units } = lengths(h);
  return ({ rows }) => {
    for (let row = 0; row < rows; row++) {
      for (let t = 0; t < time; t++) {
        const at = (row * time + t) * units;
        const gateAt = at * 4;
        for (let gate = 0; gate < 4 * units; gate++) {
          const sum = (x.data[gateAt + gate] as number) + contribution(w, b, gate, h, at - units, t === 0);
          const isCandidate = gate >= 2 * units && gate < 3 * units;
          gates.data[gateAt + gate] = isCandidate ? Math.tanh(sum) : logistic(sum);
        }
        for (let u = 0; u < units; u++) {
          const [i, f] = [gates.data[gateAt + u] as number, gates.data[gateAt + units + u] as number];
          const [c, o] = [gates.data[gateAt + 2 * units + u] as number, gates.data[gateAt + 3 * units + u] as number];
          const cell = i * c + (t === 0 ? 0 : f * (cells.data[at - units + u] as number));
          cells.data[at + u] = cell;
          h.data[at + u] = o * Math.tanh(cell);
        }
      }
    }
  };
};

export const lstmGradient: Kernel = (call) => {
  const [gates, cells, w, g] = [inputAt(call, 0), inputAt(call, 1), inputAt(call, 2), inputAt(call, 3)];
  const d = outputAt(call);
  const { time, units } = lengths(cells);
  const carried = new Float64Array(units);
  const carriedCell = new Float64Array(units);
  return ({ rows }) => {
    for (let row = 0; row < rows; row++) {
      carried.fill(0);
      carriedCell.fill(0);
      for (let t = time - 1; t >= 0; t--) {
        const at = (row * time + t) * units;
        const gateAt = at * 4;
        for (let u = 0; u < units; u++) {
          const [i, f] = [gates.data[gateAt + u] as number, gates.data[gateAt + units + u] as number];
          const [c, o] = [gates.data[gateAt + 2 * units + u] as number, gates.data[gateAt + 3 * units + u] as number];
          const bent = Math.tanh(cells.data[at + u] as number);
          const gradient = (g.data[at + u] as number) + (carried[u] as number);
          const cell = (carriedCell[u] as number) + gradient * o * (1 - bent * bent);
          const before = t === 0 ? 0 : (cells.data[at - units + u] as number);
          d.data[gateAt + u] = cell * c * i * (1 - i);
          d.data[gateAt + units + u] = cell * before * f * (1 - f);
          d.data[gateAt + 2 * units + u] = cell * i * (1 - c * c);
          d.data[gateAt + 3 * units + u] = gradient * bent * o * (1 - o);
          carriedCell[u] = cell * f;
        }
        carryBack(w, d, gateAt, 4 * units, carried);
      }
    }
  };
};

export const gru: Kernel = (call) => {
  const [x, w, b] = [inputAt(call, 0), inputAt(call, 1), inputAt(call, 2)];
  const [h, gates] = [outputAt(call, 0), outputAt(call, 1)];
  const { time, units } = lengths(h);
  return ({ rows }) => {
    for (let row = 0; row < rows; row++) {
      for (let t = 0; t < time; t++) {
        const at = (row * time + t) * units;
        const from = (gate: number) => contribution(w, b, gate, h, at - units, t === 0);
        for (let u = 0; u < units; u++) {
          const r = logistic((x.data[at * 3 + u] as number) + from(u));
          const z = logistic((x.data[at * 3 + units + u] as number) + from(units + u));
          const inner = from(2 * units + u);
          const n = Math.tanh((x.data[at * 3 + 2 * units + u] as number) + r * inner);
          gates.data[at * 4 + u] = r;
          gates.data[at * 4 + units + u] = z;
          gates.data[at * 4 + 2 * units + u] = n;
          gates.data[at * 4 + 3 * units + u] = inner;
        }
        for (let u = 0; u < units; u++) {
          const [z, n] = [gates.data[at * 4 + units + u] as number, gates.data[at * 4 + 2 * units + u] as number];
          h.data[at + u] = (1 - z) * n + (t === 0 ? 0 : z * (h.data[at - units + u] as number));
        }
      }
    }
  };
};

export const gruGradient: Kernel = (call) => {
  const [gates, h, w, g] = [inputAt(call, 0), inputAt(call, 1), inputAt(call, 2), inputAt(call, 3)];
  const [fromInput, fromHidden] = [outputAt(call, 0), outputAt(call, 1)];
  const { time, units } = lengths(h);
  const carried = new Float64Array(units);
  const direct = new Float64Array(units);
  return ({ rows }) => {
    for (let row = 0; row < rows; row++) {
      carried.fill(0);
      direct.fill(0);
      for (let t = time - 1; t >= 0; t--) {
        const at = (row * time + t) * units;
        for (let u = 0; u < units; u++) {
          const [r, z] = [gates.data[at * 4 + u] as number, gates.data[at * 4 + units + u] as number];
          const [n, inner] = [
            gates.data[at * 4 + 2 * units + u] as number,
            gates.data[at * 4 + 3 * units + u] as number,
          ];
          const gradient = (g.data[at + u] as number) + (carried[u] as number) + (direct[u] as number);
          const before = t === 0 ? 0 : (h.data[at - units + u] as number);
          const candidate = gradient * (1 - z) * (1 - n * n);
          const reset = candidate * inner * r * (1 - r);
          const update = gradient * (before - n) * z * (1 - z);
          fromInput.data[at * 3 + u] = reset;
          fromInput.data[at * 3 + units + u] = update;
          fromInput.data[at * 3 + 2 * units + u] = candidate;
          fromHidden.data[at * 3 + u] = reset;
          fromHidden.data[at * 3 + units + u] = update;
          fromHidden.data[at * 3 + 2 * units + u] = candidate * r;
          direct[u] = gradient * z;
        }
        carryBack(w, fromHidden, at * 3, 3 * units, carried);
      }
    }
  };
};
