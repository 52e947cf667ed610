/** The inside of the network as the run has it now: what cards, wires and weight tables draw. Asked for only while it is seen. */
import type {
  NetworkLook,
  NodeLook,
  PhaseLook,
  PhaseNode,
  TensorLook,
  UnitPage,
  UnitsWanted,
} from '../../src-core/contract/network-look.ts';
import type { Services } from '../host/services.ts';
import { FrameBatch, nextFrame, type Schedule } from './frame-batch.ts';
import type { HostState } from './host.svelte.ts';
import type { RunState } from './run.svelte.ts';
import type { WireMeasure } from './settings.svelte.ts';

/** A tensor with the step that it is of. */
export interface DatedTensor extends TensorLook {
  readonly step: number;
}

/** Pictures of units with the cells along their edges. */
export interface DrawnUnits extends UnitPage {
  readonly resolution: number;
}

interface Dated {
  readonly runId: string;
  readonly network: NetworkLook;
}

export class LooksState {
  #latest: Dated | null = $state.raw(null);
  /** Cards on the screen. */
  readonly #seen = new Set<string>();
  /** Those who want to show weights; the last one is served, the others keep what they have. */
  #claims: readonly { readonly node: string }[] = [];
  /** The page of units that somebody looks through. */
  #units: UnitsWanted | null = null;
  #page: DrawnUnits | null = $state.raw(null);
  #kept: ReadonlyMap<string, DatedTensor> = $state.raw(new Map());
  readonly #host: HostState;
  readonly #run: RunState;
  readonly #batch: FrameBatch<Dated>;
  readonly #asking: FrameBatch<null>;

  constructor(host: HostState, run: RunState, schedule: Schedule = nextFrame) {
    this.#host = host;
    this.#run = run;
    this.#batch = new FrameBatch((items) => this.#take(items.at(-1) ?? null), schedule);
    this.#asking = new FrameBatch(() => void this.#ask(), schedule);
    host.onConnected((services) => this.#connected(services));
    run.onShown(() => this.#asking.add(null));
  }

  /** Of the run that the window shows; nothing before its first look. */
  readonly look: NetworkLook | null = $derived.by(() =>
    this.#latest !== null && this.#latest.runId === this.#run.runId ? this.#latest.network : null,
  );
  readonly #nodes: ReadonlyMap<string, NodeLook> = $derived(
    new Map((this.look?.nodes ?? []).map((node) => [node.node, node])),
  );
  /** The largest mean of all nodes: what the width of wires is measured by. */
  readonly #strongest: Readonly<Record<WireMeasure, number>> = $derived({
    weights: largest([...this.#nodes.values()].map(({ meanWeight }) => meanWeight)),
    gradients: largest([...this.#nodes.values()].map(({ meanGradient }) => meanGradient)),
  });
  /** The step that is being taken phase by phase. */
  readonly phase: PhaseLook | null = $derived(this.look?.phase ?? null);
  readonly #phaseNodes: ReadonlyMap<string, PhaseNode> = $derived(
    new Map((this.phase?.nodes ?? []).map((node) => [node.node, node])),
  );

  strongest(measure: WireMeasure): number {
    return this.#strongest[measure];
  }

  /** What a node does in that step. */
  phaseNode(id: string): PhaseNode | undefined {
    return this.#phaseNodes.get(id);
  }

  node(id: string): NodeLook | undefined {
    return this.#nodes.get(id);
  }

  /** Weight and bias of a node, if they were asked for and have come. */
  tensor(key: string): DatedTensor | undefined {
    return this.look === null ? undefined : this.#kept.get(key);
  }

  /** A card came into view, or left it. */
  seen(id: string, isSeen: boolean): void {
    if (this.#seen.has(id) === isSeen) return;
    if (isSeen) this.#seen.add(id);
    else this.#seen.delete(id);
    this.#asking.add(null);
  }

  /** Whose weights are to be shown, until what is returned is called. */
  showWeights(node: string): () => void {
    const claim = { node };
    this.#claims = [...this.#claims, claim];
    this.#asking.add(null);
    return () => {
      this.#claims = this.#claims.filter((other) => other !== claim);
      this.#asking.add(null);
    };
  }

  /** Whose pictures are to be shown beside those on cards, until what is returned is called. */
  showUnits(wanted: UnitsWanted): () => void {
    this.#units = wanted;
    this.#asking.add(null);
    return () => {
      if (this.#units === wanted) this.#units = null;
      this.#asking.add(null);
    };
  }

  /** Those that have come. */
  unitPage({ node, from }: UnitsWanted): DrawnUnits | null {
    const page = this.look === null ? null : this.#page;
    return page?.node === node && page.from === from ? page : null;
  }

  get #weightsOf(): string | null {
    return this.#claims.at(-1)?.node ?? null;
  }

  #take(latest: Dated | null): void {
    const isSameRun = latest !== null && latest.runId === this.#latest?.runId;
    const wanted = new Set(this.#claims.map(({ node }) => node));
    const old = isSameRun ? [...this.#kept].filter(([key]) => wanted.has(key.slice(0, key.indexOf('.')))) : [];
    const { tensors = [], step = 0 } = latest?.network ?? {};
    this.#kept = new Map([...old, ...tensors.map((tensor) => [tensor.key, { ...tensor, step }] as const)]);
    const { unitPage = null, resolution = 0 } = latest?.network ?? {};
    if (unitPage !== null) this.#page = { ...unitPage, resolution };
    else if (!isSameRun) this.#page = null; // a look without it says nothing about it
    this.#latest = latest;
  }

  #connected(services: Services): void {
    services.training.on('progress', ({ runId, network }) => {
      if (network !== null) this.#batch.add({ runId, network });
    });
    if (this.#seen.size > 0 || this.#weightsOf !== null || this.#units !== null) this.#asking.add(null);
  }

  async #ask(): Promise<void> {
    const { services } = this.#host;
    const units = this.#units;
    const seen = units === null ? this.#seen : new Set([...this.#seen, units.node]);
    const watched = { nodes: [...seen], weights: this.#weightsOf, ...(units && { units }) };
    const found = await services?.training.watchNetwork(watched);
    const { runId, step, isActive } = this.#run;
    if (found?.runId === runId) return this.#take(found ?? null);
    const isWanted = watched.nodes.length > 0 || watched.weights !== null;
    if (!services || runId === null || isActive || step === 0 || !isWanted) return;
    const network = await services.runs.inside({ runId, which: 'last', ...watched });
    if (this.#run.runId === runId) this.#take({ runId, network });
  }
}

function largest(values: readonly (number | null)[]): number {
  return Math.max(0, ...values.map((value) => value ?? 0));
}
