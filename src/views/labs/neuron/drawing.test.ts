import { describe, expect, it } from 'vitest';
import { coursesOf, type NeuronSettings, neuronLab } from '../../../state/labs/neuron.ts';
import { CHALLENGES } from './challenges.ts';
import { drawnOver } from './drawing.ts';
import { currentRange, traceRows } from './traces.ts';
import { balanceText, stepText } from './words.ts';

const of = (text: string): NeuronSettings => neuronLab.parse(text);

describe('a stroke', () => {
  it('sets every time step that it crosses, either way, in multiples of the step', () => {
    const none = Array<number>(6).fill(0);
    expect(drawnOver(none, [2, 0], [5, 0.3], 0.05)).toEqual([0, 0, 0.1, 0.2, 0.3, 0]);
    expect(drawnOver(none, [5, 0.3], [2, 0], 0.05)).toEqual([0, 0, 0.1, 0.2, 0.3, 0]);
    expect(drawnOver(none, [3, 0.111], [3, 0.111], 0.01)).toEqual([0, 0, 0.11, 0, 0, 0]);
    expect(Object.is(drawnOver(none, [1, -0.01], [1, -0.01], 0.05)[0], 0)).toBe(true);
  });

  it('gives what a text can carry', () => {
    const drawn = drawnOver(Array<number>(32).fill(0.26), [1, -1], [32, 2], 0.05);
    const settings = { ...of(''), input: 'drawn', drawn } as const;
    expect(neuronLab.parse(neuronLab.format(settings))).toEqual(settings);
  });
});

describe('places of the traces', () => {
  it('do not overlap and leave room for the axis', () => {
    for (const neurons of [1, 2] as const)
      for (const [width, height] of [
        [340, 340],
        [900, 600],
      ]) {
        const { current, membranes, spikes } = traceRows(width, height, neurons, 1.2);
        const boxes = [current, ...membranes.flatMap((box, n) => [box, spikes[n]])];
        boxes.slice(1).forEach((box, k) => {
          expect(box.top).toBeGreaterThanOrEqual(boxes[k].top + boxes[k].height);
        });
        const last = boxes[boxes.length - 1];
        expect(last.top + last.height).toBeLessThanOrEqual(height - 21);
      }
  });

  it('the axis holds every current', () => {
    for (const current of [-1, -0.3, 0, 0.5, 1.01, 2]) {
      const { from, to } = currentRange([0, current]);
      expect(current).toBeGreaterThanOrEqual(from);
      expect(current).toBeLessThanOrEqual(to);
    }
  });
});

describe('in words', () => {
  it('a time step is a sum', () => {
    const said = (text: string, time: number) => stepText(coursesOf(of(text))[0], of(text), time);
    expect(said('current=0.26', 4)).toBe('0.78 + 0.26 = 1.04, at least ϑ = 1: a spike, 0.04 is left');
    expect(said('current=0.26:reset=zero', 4)).toMatch(/a spike, set to 0$/);
    expect(said('drawn=0.5/-0.2:leak=0.9', 2)).toBe('0.9 × 0.50 − 0.20 = 0.25, below ϑ: no spike');
  });

  it('what flowed in is what came of it', () => {
    for (const text of [
      'current=0.26',
      'current=0.6:reset=zero',
      'current=0.3:leak=0.9:reset=zero',
      'input=noise',
    ]) {
      const said = balanceText(neuronLab.facts(of(text)), of(text)).replaceAll('−', '-');
      const [inflow, spikes, height, ...rest] = [...said.matchAll(/-?\d+(?:\.\d+)?/g)].map(Number);
      const sum = spikes * height + rest.reduce((a, b) => a + b, 0);
      expect(Math.abs(inflow - sum)).toBeLessThan(0.021);
    }
  });
});

it.each([
  ['Exactly 8', 'current=0.26'],
  ['as late as possible', 'drawn=0x31/1'],
  ['not one spike', 'current=0.3:leak=0.5'],
  ['second neuron', 'current=0.3:neurons=2:weight=0.5'],
])('the challenge “%s” can be done, and is not done at first', (words, text) => {
  const challenge = CHALLENGES.find(({ text }) => text.includes(words))!;
  expect(challenge.done(neuronLab.facts(of('')))).toBe(false);
  expect(challenge.done(neuronLab.facts(of(text)))).toBe(true);
});
