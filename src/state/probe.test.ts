import { afterEach, describe, expect, it } from 'vitest';
import { portHere, until } from '../../tests/support/worker.ts';
import { createPlayground, type Playground } from './playground.ts';
import { PLAIN } from './presentation.ts';
import { viewAt } from './probe.ts';
import { formatHash, PAGE_DEFAULTS, parseHash } from './url.ts';

const hashOf = (pinned: object, presentation: object) =>
  formatHash(pinned, PAGE_DEFAULTS, { presentation: { ...PLAIN, ...presentation } });

describe('the place whose spikes are shown, in a link', () => {
  it.each(['probe=0.3,-0.2', 'experiment=poisson&probe=-0.5', 'experiment=reaction-diffusion&probe=0.25,1'])(
    'reads back: %s',
    (hash) => {
      const { presentation, pinned, faults } = parseHash(`#${hash}`);
      expect(faults).toEqual([]);
      expect(hashOf(pinned, presentation)).toBe(`#${hash}`);
    },
  );

  it('is left out for the place that is shown first and for another experiment’s', () => {
    expect(hashOf({}, parseHash('#probe=0.2,-0.35').presentation)).toBe('');
    expect(hashOf({ experiment: 'poisson' }, parseHash('#experiment=poisson&probe=0').presentation)).toBe(
      '#experiment=poisson',
    );
    expect(hashOf({ experiment: 'poisson' }, parseHash('#probe=0.3,0.3').presentation)).toBe(
      '#experiment=poisson',
    );
  });

  it.each([
    ['probe=0.3', 'probe: “0.3” is not allowed; allowed: x from -1 to 1 and y from -1 to 1'],
    ['probe=0.3,2', 'probe: “0.3,2” is not allowed; allowed: x from -1 to 1 and y from -1 to 1'],
    ['probe=', 'probe: “” is not allowed; allowed: x from -1 to 1 and y from -1 to 1'],
    ['experiment=antiderivative&probe=-1', 'probe: “-1” is not allowed; allowed: y from 0 to 1'],
  ])('is refused by name: %s', (hash, fault) => {
    const { presentation, faults } = parseHash(`#${hash}`);
    expect(presentation.probe).toBeUndefined();
    expect(faults).toEqual([fault]);
  });
});

it('an equation’s factors are asked at their scaled inputs and boundary factors, beside the forcing', () => {
  const choice = { experiment: 'reaction-diffusion', place: [0.25, 0.5] } as const;
  const view = { probe: [[1, 2, 3]], probeScales: [4], silenced: [] };
  expect(viewAt(choice, { experiment: 'reaction-diffusion', boundary: 'hard' }, view)).toEqual({
    probe: [[1, 2, 3], [-0.5], [0]],
    probeScales: [4, 1 - 0.5 ** 8, 0.5],
  });
  expect(viewAt(choice, { experiment: 'reaction-diffusion', boundary: 'soft' }, view).probeScales).toEqual([
    4, 1, 1,
  ]);
});

describe('the place whose spikes are shown, on the page', () => {
  const pinned = { T: 4, batch: [8], hidden: [[4]], steps: 40 } as const;
  const open: Playground[] = [];
  const started = async (hash = '') => {
    const { presentation } = parseHash(hash);
    const playground = createPlayground({ spawn: () => portHere(), pinned, presentation });
    open.push(playground);
    await playground.actions.start();
    return playground;
  };
  afterEach(() => {
    for (const playground of open.splice(0)) playground.actions.dispose();
  });

  it('is the link’s, and the link’s is the one chosen', async () => {
    const { lane, app, actions } = await started('#probe=0.3,-0.2');
    expect(lane.getState().probe?.point).toMatchObject({ x: Math.fround(0.3), y: Math.fround(-0.2) });
    await actions.setProbe([0.5, 0.5]);
    await until(() => lane.getState().probe?.point?.x === 0.5);
    expect(app.getState().presentation.probe).toEqual({ experiment: 'hat', place: [0.5, 0.5] });
  });

  it('follows a link that is opened, of the same experiment or another', async () => {
    const { lane, actions } = await started();
    const first = lane.getState().view.probe;
    await actions.open(parseHash('#T=4&batch=8&hidden=4&steps=40&probe=0.1,0.1'));
    await until(() => lane.getState().probe?.point?.x === Math.fround(0.1));
    await actions.open(parseHash('#T=4&batch=8&hidden=4&steps=40'));
    await until(() => lane.getState().probe?.point?.x === Math.fround(first[0][0]));
    const small = 'T=4&hidden=4/4&batch=4&steps=30&trainFunctions=20&testFunctions=10';
    await actions.open(parseHash(`#experiment=poisson&${small}&probe=0.5`));
    await until(() => lane.getState().view.probe[1]?.[0] === 0.5);
    expect(lane.getState().view.probeScales).toEqual([1, 0.75]);
  });
});
