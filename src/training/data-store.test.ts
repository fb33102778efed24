import { expect, it } from 'vitest';
import { EXPERIMENTS, OWN_OF_NETWORK } from '../experiments/table.ts';
import { generateNow } from '../problems/problem.ts';
import { DataStore } from './data-store.ts';
import { resolveConfig } from './presets.ts';
import { problemParams } from './specs.ts';

const operator = resolveConfig({ experiment: 'reaction-diffusion', trainFunctions: 14, testFunctions: 11 });

it('equal problems have the same data, however their runs differ; others and those not kept have their own', async () => {
  const store = new DataStore(2);
  const data = await store.dataOf(resolveConfig({}));
  expect(await store.dataOf(resolveConfig({ gradient: 'RFG', seed: 9 }))).toBe(data);
  expect(await store.dataOf(resolveConfig({ target: 'saddle' }))).not.toBe(data);
  expect(await store.dataOf(resolveConfig({}))).toBe(data);
  await store.dataOf(resolveConfig({ target: 'step' }));
  expect(await store.dataOf(resolveConfig({}))).not.toBe(data);
});

it('gives a part of the functions, or all of them: those that are made in one go', async () => {
  const store = new DataStore(1);
  expect((await store.dataOf(operator)).stream).toBeDefined();
  const all = await store.allDataOf(operator);
  expect(all.stream).toBeUndefined();
  expect(await store.dataOf(operator)).toBe(all);
  expect(all.test).toEqual(generateNow(EXPERIMENTS['reaction-diffusion'], problemParams(operator)).test);
});

it('loads what a formula needs', async () => {
  const config = resolveConfig({ target: 'formula', formula: 'x*y' });
  expect((await new DataStore(1).allDataOf(config)).train.target.length).toBeGreaterThan(0);
});

it('lanes that differ in what their networks are made of learn from the same data', async () => {
  const store = new DataStore(2);
  const forecast = { experiment: 'forecast', horizon: 3, T: 8 } as const;
  const data = await store.dataOf(resolveConfig(forecast));
  const others = {
    neuron: 'LIF',
    synapticDecay: 0.7,
    longestDelay: 4,
    refractoryDecay: 0.3,
    readDecay: 1,
  } as const;
  expect(Object.keys(others)).toEqual(OWN_OF_NETWORK);
  for (const [name, value] of Object.entries(others))
    expect(await store.dataOf(resolveConfig({ ...forecast, [name]: value }))).toBe(data);
  expect(await store.dataOf(resolveConfig({ ...forecast, T: 9 }))).not.toBe(data);
});
