import type { Layout, NetworkSpec } from '../../snn/network.ts';
import type { Config } from '../../training/config.ts';
import { specsOf } from '../../training/specs.ts';
import type { Widths } from './selection.ts';

export interface ShownNetwork {
  readonly network: NetworkSpec;
  readonly layout: Layout;
  /** Widths of the hidden layers, [factor][depth]. */
  readonly widths: Widths;
}

const known = new WeakMap<Config, ShownNetwork>();

/** Network of a configuration, made once for each. */
export function networkOf(config: Config): ShownNetwork {
  let shown = known.get(config);
  if (!shown) {
    const { network, layout } = specsOf(config);
    shown = { network, layout, widths: network.factors.map((factor) => factor.hidden) };
    known.set(config, shown);
  }
  return shown;
}

/** Name of a hidden layer, from 1: “layer 2”, or “branch 1” where there are several factors. */
export function layerName(network: NetworkSpec, factor: number, depth: number): string {
  const prefix = network.factors.length === 1 ? 'layer' : network.factors[factor].name;
  return `${prefix} ${depth + 1}`;
}
