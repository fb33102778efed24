import type { Layout, Network, NetworkSpec } from '../../snn/network.ts';
import type { Config } from '../../training/config.ts';
import { specsOf } from '../../training/specs.ts';
import type { Widths } from './selection.ts';

interface ShownNetwork {
  readonly network: Network;
  readonly layout: Layout;
  /** Widths of the hidden layers, [factor][depth]. */
  readonly widths: Widths;
}

const cache = new WeakMap<Config, ShownNetwork>();

/** Network of a configuration, made once for each. */
export function networkOf(config: Config): ShownNetwork {
  let shown = cache.get(config);
  if (!shown) {
    const { network, layout } = specsOf(config);
    shown = { network, layout, widths: network.factors.map((factor) => factor.hidden) };
    cache.set(config, shown);
  }
  return shown;
}

/** Name of a hidden layer, from 1: “layer 2”; “branch 2” or only “branch” where there are several factors. */
export function layerName(network: NetworkSpec, factor: number, depth: number): string {
  const { name, hidden } = network.factors[factor];
  if (network.factors.length === 1) return `layer ${depth + 1}`;
  return hidden.length === 1 ? name : `${name} ${depth + 1}`;
}
