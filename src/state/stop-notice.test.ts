import { expect, it } from 'vitest';
import type { StoppedLane } from '../worker/protocol.ts';
import { ALONE } from './comparison.ts';
import { stopNotice } from './stop-notice.ts';

const shown = { comparison: ALONE };
const lane = (lane: string, step: number, rest?: StoppedLane['rest']): StoppedLane => ({ lane, step, rest });
const said = (...lanes: StoppedLane[]) =>
  stopNotice({ kind: 'stopped', reason: 'finished', lanes }, shown).text;
const diverged = (...lanes: StoppedLane[]) =>
  stopNotice({ kind: 'stopped', reason: 'diverged', lanes }, shown);

it('says one sentence that holds for all lanes', () => {
  expect(said(lane('main', 60))).toBe('finished after 60 steps');
  expect(said(lane('main', 1), lane('lane2', 1))).toBe('finished after 1 step');
  expect(said(lane('main', 300), lane('lane2', 61))).toBe('finished: A 300, B 61 steps');
  expect(said(lane('main', 12, 'diverged'), lane('lane2', 5000), lane('lane3', 7, 'held'))).toBe(
    'finished: B 5,000 steps; A diverged at step 12; C held at step 7',
  );
});

it('names lanes by the letters that the page shows', () => {
  const slots = { main: 2, lane2: 0 };
  const stop = { kind: 'stopped', reason: 'finished', lanes: [lane('main', 9), lane('lane2', 4)] } as const;
  expect(stopNotice(stop, { comparison: { ...ALONE, slots } }).text).toBe('finished: A 4, C 9 steps');
});

it('names where lanes diverged', () => {
  expect(diverged(lane('main', 12, 'diverged'))).toMatchObject({
    kind: 'error',
    text: expect.stringMatching(/^diverged at step 12: the loss/),
  });
  const several = diverged(
    lane('main', 12, 'diverged'),
    lane('lane2', 5, 'held'),
    lane('lane3', 9, 'diverged'),
  );
  expect(several.text).toMatch(/^diverged: A at step 12, C at step 9: the loss/);
});

it('says a failure as it is', () => {
  expect(stopNotice({ kind: 'stopped', reason: 'failed', message: 'gone' }, shown)).toEqual({
    kind: 'error',
    text: 'gone',
  });
});
