/** The inside of the network as the run has it now: what cards, wires and weight tables draw. Asked for only while it is seen. */
import type { NetworkLook, NodeLook, TensorLook } from '../../src-core/contract/network-look.ts';
import type { Services } from '../host/services.ts';
import { FrameBatch, nextFrame, type Schedule } from './frame-batch.ts';
import type { HostState } from './host.svelte.ts';
import type { RunState } from './run.svelte.ts';

interface Dated {
  readonly runId: string;
  readonly network: NetworkLook;
}

export class LooksState {
  #latest: Dated | null = $state.raw(null);
  /** Cards on the screen. */
  readonly #seen = new Set<string>();
  #weightsOf: string | null = null;
  readonly #host: HostState;
  readonly #run: RunState;
  readonly #batch: FrameBatch<Dated>;
  readonly #asking: FrameBatch<null>;

  constructor(host: HostState, run: RunState, schedule: Schedule = nextFrame) {
    this.#host = host;
    this.#run = run;
    this.#batch = new FrameBatch((items) => (this.#latest = items.at(-1) ?? null), schedule);
    this.#asking = new FrameBatch(() => void this.#ask(), schedule);
    host.onConnected((services) => this.#connected(services));
  }

  /** Of the run that the window shows; nothing before its first look. */
  readonly look: NetworkLook | null = $derived.by(() =>
    this.#latest !== null && this.#latest.runId === this.#run.runId ? this.#latest.network : null,
  );
  readonly #nodes: ReadonlyMap<string, NodeLook> = $derived(
    new Map((this.look?.nodes ?? []).map((node) => [node.node, node])),
  );
  /** The strongest mean |weight| of all nodes: what the width of wires is measured by. */
  readonly strongest: number = $derived(
    Math.max(0, ...[...this.#nodes.values()].map(({ meanWeight }) => meanWeight ?? 0)),
  );

  node(id: string): NodeLook | undefined {
    return this.#nodes.get(id);
  }

  /** Weight and bias of a node, if they were asked for and have come. */
  tensor(key: string): TensorLook | undefined {
    return this.look?.tensors.find((tensor) => tensor.key === key);
  }

  /** A card came into view, or left it. */
  seen(id: string, isSeen: boolean): void {
    if (this.#seen.has(id) === isSeen) return;
    if (isSeen) this.#seen.add(id);
    else this.#seen.delete(id);
    this.#asking.add(null);
  }

  /** Whose weights are to be shown; null: nobody's. */
  showWeights(node: string | null): void {
    if (this.#weightsOf === node) return;
    this.#weightsOf = node;
    this.#asking.add(null);
  }

  #connected(services: Services): void {
    services.training.on('progress', ({ runId, network }) => {
      if (network !== null) this.#batch.add({ runId, network });
    });
    if (this.#seen.size > 0 || this.#weightsOf !== null) this.#asking.add(null);
  }

  async #ask(): Promise<void> {
    const found = await this.#host.services?.training.watchNetwork({
      nodes: [...this.#seen],
      weights: this.#weightsOf,
    });
    if (found) this.#latest = found;
  }
}
