import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Playground } from '../../../state/playground.ts';
import { themeChanges, themeOf } from '../../figures/canvas/theme.ts';
import {
  heightsOf,
  isSurface,
  predictionFields,
  sharedBound,
  targetField,
} from '../../figures/prediction/fields.ts';
import { firstView, type View } from './camera.ts';
import { disposeSurfaces, drawSurfaces, lookFrom, onTurn } from './plot.ts';

/** Least time in ms between two drawings while training goes on. */
const REST_MS = 400;
/** Below this width the surfaces stand beneath each other. */
const NARROW = 460;

/** Both surfaces inside `element`, kept up to date; the returned function turns them. */
export function useSurfaces(element: RefObject<HTMLElement | null>, { lane }: Playground) {
  const view = useRef<View>(firstView(false));
  const [fault, setFault] = useState<string>();
  const look = useRef<(view: View) => void>(() => undefined);

  useEffect(() => {
    const box = element.current;
    if (!box) return;
    let closed = false;
    let busy = false;
    let due = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let listening = false;
    let turning: View | undefined;
    const stacked = () => box.clientWidth < NARROW;
    view.current = firstView(stacked());

    const draw = async () => {
      timer = undefined;
      const state = lane.getState();
      const target = isSurface(state.data)
        ? targetField(state.data, state.prediction?.grid ?? 'coarse')
        : undefined;
      if (!target || busy) return;
      due = false;
      busy = true;
      try {
        const plot = await drawSurfaces(box, {
          target,
          network: predictionFields(state)?.network,
          bound: sharedBound(state.data),
          heights: heightsOf(target),
          view: view.current,
          theme: themeOf(box),
          stacked: stacked(),
        });
        if (!listening) onTurn(plot, turn);
        listening = true;
      } catch (error) {
        setFault(error instanceof Error ? error.message : String(error));
      } finally {
        busy = false;
        if (closed) disposeSurfaces(box);
        else if (due) plan();
      }
    };
    const plan = () => {
      due = true;
      if (!closed) timer ??= setTimeout(draw, REST_MS);
    };
    const turn = (next: View) => {
      const waiting = turning !== undefined;
      turning = next;
      if (!waiting) requestAnimationFrame(applyTurn);
    };
    const applyTurn = async () => {
      const next = turning;
      turning = undefined;
      if (closed || !next || isSame(next, view.current)) return;
      view.current = next;
      if (listening) await lookFrom(box, next);
    };
    look.current = turn;

    if (canDraw()) void draw();
    else setFault('This browser gives no WebGL, which 3-D needs.');
    const stops = [lane.subscribe(plan), themeChanges.subscribe(plan)];
    return () => {
      closed = true;
      clearTimeout(timer);
      for (const stop of stops) stop();
      if (!busy) disposeSurfaces(box);
    };
  }, [element, lane]);

  return {
    fault,
    view,
    look: (next: View) => look.current(next),
    lookFirst: () => look.current(firstView((element.current?.clientWidth ?? 0) < NARROW)),
  };
}

function isSame(a: View, b: View): boolean {
  return (
    Math.abs(a.azimuth - b.azimuth) +
      Math.abs(a.elevation - b.elevation) +
      Math.abs(a.distance - b.distance) <
    1e-3
  );
}

/** Whether WebGL is to be had; the trial's context is given back. */
function canDraw(): boolean {
  const context = document.createElement('canvas').getContext('webgl');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}
