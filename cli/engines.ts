import type { Engine } from '../src/training/engine.ts';

/** Engines that work in Node; the first is the default. */
export const ENGINES = ['reference'] as const;
export type NodeEngine = (typeof ENGINES)[number];

/** The engine of that name, loaded only when asked for. */
export async function loadEngine(_name: NodeEngine): Promise<Engine> {
  return (await import('../src/training/reference-engine.ts')).referenceEngine;
}
