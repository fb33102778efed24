import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../settings/fields.ts';
import { networkFrom } from '../../snn/network.ts';
import { RandomSequence, Stream } from '../../snn/random.ts';
import { simulate } from '../../snn/simulate.ts';
import { coursesOf, currentsOf, INPUTS, type NeuronSettings, neuronLab, spikesAt } from './neuron.ts';

const { parse, format, facts } = neuronLab;
const of = (text: string) => facts(parse(text));

describe('one neuron', () => {
  it('is the neuron of the simulation, and so is the chain', () => {
    const random = new RandomSequence(5, Stream.data);
    for (let n = 0; n < 60; n++) {
      const at = (low: number, high: number) => Math.round(low + random.uniform() * (high - low));
      const settings: NeuronSettings = {
        ...parse(''),
        neurons: '2',
        current: at(-20, 200) / 100,
        threshold: at(10, 200) / 100,
        leak: n % 3 === 0 ? 1 : at(0, 100) / 100,
        weight: at(-100, 200) / 100,
        reset: n % 2 === 0 ? 'subtract' : 'zero',
        T: at(8, 128),
      };
      const { current, threshold, leak, reset, weight, T } = settings;
      const network = networkFrom({
        factors: [{ name: 'lab', inputs: 1, hidden: [1, 1] }],
        ...{ rank: 1, localRank: 0, centre: 0, T, leak, reset },
        // In hundredths, as the lab computes.
        threshold: Math.round(100 * threshold),
      });
      const theta = new Float64Array(network.layout.size);
      const [first, second] = network.layout.hidden[0];
      theta[first.weights] = Math.round(100 * current);
      theta[second.weights] = Math.round(100 * weight);
      const one = new Float64Array([1]);
      const data = { rows: 1, width: 1, inputs: one, scale: one };
      const { history } = simulate({ network, theta, factor: 0, data, keepHistory: true });
      coursesOf(settings).forEach((course, depth) => {
        expect(course?.spikes).toEqual([...history!.spikes[depth]]);
        expect(course?.membranes).toEqual([...history!.membranes[depth]].map((unit) => unit / 100));
      });
    }
  });

  it('is the neuron of the simulation behind a synapse too, of either kind', () => {
    const random = new RandomSequence(6, Stream.data);
    for (let n = 0; n < 40; n++) {
      const at = (low: number, high: number) => Math.round(low + random.uniform() * (high - low));
      const settings: NeuronSettings = {
        ...parse(`T=40:neurons=2:kind=${n % 2 === 0 ? 'CuBa' : 'SRM'}`),
        current: at(-20, 200) / 100,
        threshold: at(10, 200) / 100,
        leak: at(0, 100) / 100,
        synapticDecay: at(0, 99) / 100,
        refractoryDecay: at(0, 99) / 100,
        weight: at(-100, 200) / 100,
      };
      const {
        current,
        threshold,
        leak,
        reset,
        weight,
        T,
        kind,
        synapticDecay: a,
        refractoryDecay: r,
      } = settings;
      const network = networkFrom({
        factors: [
          {
            ...{ name: 'lab', inputs: 1, hidden: [1, 1] },
            synapse:
              kind === 'CuBa'
                ? { kind: 'exponential', decay: a }
                : { kind: 'response', seed: 1, longestDelay: 0, decays: [a, a], refractory: [r, r] },
          },
        ],
        ...{ rank: 1, localRank: 0, centre: 0, T, leak, reset },
        threshold: Math.round(100 * threshold),
      });
      const theta = new Float64Array(network.layout.size);
      const [first, second] = network.layout.hidden[0];
      theta[first.weights] = Math.round(100 * current);
      theta[second.weights] = Math.round(100 * weight);
      const one = new Float64Array([1]);
      const data = { rows: 1, width: 1, inputs: one, scale: one };
      const { history } = simulate({ network, theta, factor: 0, data, keepHistory: true });
      coursesOf(settings).forEach((course, depth) => {
        expect(course?.spikes).toEqual([...history!.spikes[depth]]);
        expect(course?.membranes).toEqual([...history!.membranes[depth]].map((unit) => unit / 100));
      });
    }
  });

  it('hears a pulse late and spread behind the synapse of SRM, and at once, added up, behind that of CuBa', () => {
    const arrived = (text: string) => coursesOf(parse(`T=8:threshold=2:drawn=0/1:${text}`))[0].arrived;
    expect(arrived('')).toEqual([0, 1, 0, 0, 0, 0, 0, 0]);
    expect(arrived('kind=CuBa:synapticDecay=0.5')).toEqual([
      0, 1, 0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625,
    ]);
    expect(arrived('kind=SRM:synapticDecay=0.5:delay=3')).toEqual([0, 0, 0, 0, 0.5, 0.25, 0.125, 0.0625]);
    expect(of('T=8:threshold=2:drawn=0/1:kind=SRM:synapticDecay=0.5:delay=3')).toMatchObject({
      ...{ kind: 'SRM', synapticDecay: 0.5, delay: 3, inflow: 1, arrived: 0.9375 },
    });
  });

  it('of SRM is its synaptic current and what its spikes left: R[t] = ρ (R[t-1] - ϑ S[t-1])', () => {
    const settings = parse('T=32:kind=SRM:current=1.5:synapticDecay=0.75:refractoryDecay=0.5:delay=2');
    const [{ arrived, membranes, spikes }] = coursesOf(settings);
    let refractory = 0;
    for (let t = 0; t < 32; t++) {
      if (t > 0) refractory = 0.5 * (refractory - spikes[t - 1]);
      expect(membranes[t]).toBeCloseTo(arrived[t] + refractory, 10);
    }
    expect(of('T=32:kind=SRM:current=1.5').spikes).toBeGreaterThan(0);
  });

  it('counts a steady current in thresholds: the staircase floor(T Z / ϑ), capped at one spike a step', () => {
    for (const threshold of [0.5, 0.7, 1, 1.5])
      for (const T of [8, 32, 100])
        for (let hundredth = 1; hundredth <= 200; hundredth += 3) {
          const settings = { ...parse(''), T, threshold };
          const expected = Math.min(T, Math.floor((T * hundredth) / Math.round(100 * threshold)));
          expect(spikesAt(settings, hundredth / 100)).toBe(expected);
        }
  });

  it('loses what is above the threshold where it is reset to zero', () => {
    for (let hundredth = 1; hundredth <= 150; hundredth += 4) {
      const settings = { ...parse('reset=zero'), current: hundredth / 100 };
      const period = Math.ceil(100 / hundredth);
      expect(spikesAt(settings, settings.current)).toBe(Math.floor(32 / period));
      const { inflow, spikes, lost, remaining } = facts(settings);
      expect(inflow).toBeCloseTo(spikes + lost + remaining, 12);
    }
    expect(of('current=0.6')).toMatchObject({ spikes: 19, lost: 0, remaining: 0.2 });
    expect(of('current=0.6:reset=zero')).toMatchObject({ spikes: 16, lost: 3.2 });
  });

  it('with a leak spikes every n steps with the least n for which Z (1 - λⁿ)/(1 - λ) reaches ϑ, or never', () => {
    for (const leak of [0.5, 0.8, 0.95])
      for (const current of [0.03, 0.07, 0.2, 0.21, 0.33, 0.9]) {
        const settings = { ...parse('reset=zero:T=128'), leak, current };
        const n = Math.ceil(Math.log(1 - (1 - leak) / current) / Math.log(leak) - 1e-9);
        const never = current / (1 - leak) <= 1;
        expect(spikesAt(settings, current)).toBe(never ? 0 : Math.floor(128 / n));
      }
  });

  it('knows no rounding in sums of tenths', () => {
    expect(of('current=0.1')).toMatchObject({ spikes: 3, firstSpike: 10, lastSpike: 30, inflow: 3.2 });
  });

  it('says when spikes come, and that there are none', () => {
    expect(of('current=0')).toMatchObject({ spikes: 0, firstSpike: 0, lastSpike: 0, secondFirstSpike: 0 });
    expect(of('current=0.3:neurons=2')).toMatchObject({
      spikes: 9,
      secondSpikes: 4,
      firstSpike: 4,
      secondFirstSpike: 7,
    });
  });
});

describe('the current', () => {
  it('has the course that it is named after', () => {
    const at = (text: string) => currentsOf(parse(`T=8:current=0.4:${text}`));
    expect(at('')).toEqual(Array(8).fill(0.4));
    expect(at('input=step')).toEqual([0, 0, 0.4, 0.4, 0.4, 0.4, 0, 0]);
    expect(at('input=ramp')).toEqual([0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4]);
    expect(at('input=sine')).toEqual([0.06, 0.34, 0.34, 0.06, 0.06, 0.34, 0.34, 0.06]);
    expect(at('drawn=0.1x3/-0.25')).toEqual([0.1, 0.1, 0.1, -0.25, 0, 0, 0, 0]);
    expect(new Set(currentsOf(parse('current=0.4:input=train')))).toEqual(new Set([0, 0.4]));
  });

  it('is random by its seed only', () => {
    for (const input of ['noise', 'train']) {
      const of = (seed: number) => currentsOf(parse(`input=${input}:seed=${seed}`));
      expect(of(3)).toEqual(of(3));
      expect(of(3)).not.toEqual(of(4));
    }
    const { T } = parse('T=128');
    const noise = Array.from({ length: 50 }, (_, seed) =>
      currentsOf(parse(`input=noise:T=${T}:seed=${seed}`)),
    ).flat();
    const mean = noise.reduce((sum, z) => sum + z, 0) / noise.length;
    // Mean and standard deviation are .1: five standard errors of 6400 draws.
    expect(Math.abs(mean - 0.1)).toBeLessThan(5 * (0.1 / Math.sqrt(noise.length)));
  });
});

describe('settings in a text', () => {
  it('read back, and as short as they can be', () => {
    expect(format(parse(''))).toBe('');
    for (const text of [
      'current=0.26:reset=zero',
      'drawn=0.2x3/0/-0.5x12',
      'input=ramp:drawn=0.2',
      'input=steady:drawn=0.2',
      'input=drawn',
      'T=64:threshold=1.5:leak=0.9:neurons=2:weight=-0.25:show=current/T',
    ])
      expect(format(parse(text))).toBe(text);
    expect(parse('drawn=0.2')).toMatchObject({ input: 'drawn', drawn: [0.2] });
    expect(format(parse('drawn=.20/+0.2/0.2x2/0x4:current=-0'))).toBe('current=0:drawn=0.2x4');
  });

  it('of any settings read back', () => {
    const random = new RandomSequence(2, Stream.data);
    for (let n = 0; n < 300; n++) {
      const at = (low: number, high: number) => Math.round(low + random.uniform() * (high - low));
      const settings: NeuronSettings = {
        input: INPUTS[random.below(INPUTS.length)],
        current: at(-100, 200) / 100 + 0,
        drawn: n % 4 === 0 ? [] : Array.from({ length: at(0, 60) }, () => at(-2, 3) / 10 + 0).concat(0.5),
        seed: random.word(),
        T: at(8, 128),
        threshold: at(10, 200) / 100,
        leak: at(0, 100) / 100,
        reset: n % 2 === 0 ? 'zero' : 'subtract',
        kind: (['LIF', 'CuBa', 'SRM'] as const)[at(0, 2)],
        synapticDecay: at(0, 99) / 100,
        delay: at(0, 32),
        refractoryDecay: at(0, 99) / 100,
        neurons: n % 3 === 0 ? '1' : '2',
        weight: at(-200, 200) / 100 + 0,
        show: n % 5 === 0 ? ['leak', 'curve'] : [],
      };
      const text = format(settings);
      expect(parse(text)).toEqual(settings);
      expect(text).toMatch(/^[\w=:./,-]*$/);
    }
  });

  it.each([
    [
      'volume=3',
      'lab=neuron: “volume=3” is not allowed; allowed: input=…, current=…, drawn=…, seed=…, T=…, threshold=…, leak=…, reset=…, kind=…, synapticDecay=…, delay=…, refractoryDecay=…, neurons=…, weight=…, show=…, separated by “:”',
    ],
    ['current', /^lab=neuron: “current” is not allowed/],
    ['current=1:current=2', 'lab=neuron: “current=2” is not allowed; allowed: current once'],
    [
      'current=9',
      'lab=neuron, current: “9” is not allowed; allowed: a number from -1 to 2, with two decimals at most',
    ],
    ['current=0.123', /^lab=neuron, current: “0.123” is not allowed/],
    ['T=31.5', 'lab=neuron, T: “31.5” is not allowed; allowed: a whole number from 8 to 128'],
    ['reset=half', 'lab=neuron, reset: “half” is not allowed; allowed: subtract, zero'],
    ['drawn=0.2/x', /^lab=neuron, drawn: “0.2\/x” is not allowed; allowed: numbers from -1 to 2/],
    ['drawn=0x129', /^lab=neuron, drawn: “0x129” is not allowed/],
    ['drawn=', /^lab=neuron, drawn: “” is not allowed/],
    ['show=everything', /^lab=neuron, show: “everything” is not allowed; allowed: some of current, /],
  ])('%s is refused by name', (text, message) => {
    expect(() => parse(text)).toThrow(message);
    expect(() => parse(text)).toThrow(ConfigError);
  });
});
