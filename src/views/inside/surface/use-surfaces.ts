import { type RefObject, useEffect, useRef, useState } from 'react';
import type { LaneState } from '../../../state/lane-store.ts';
import type { Playground } from '../../../state/playground.ts';
import { type FigureTheme, themeChanges, themeOf } from '../../figures/canvas/theme.ts';
import {
  heightsOf,
  isSurface,
  predictionFields,
  sharedBound,
  targetField,
} from '../../figures/prediction/fields.ts';
import { firstView, type View } from './camera.ts';
import { DrawnSurfaces, drawnAs } from './drawn.ts';
import { disposeSurfaces, drawSurfaces, lookFrom, onTurn, surfacesAs } from './plot.ts';
import type { SurfacesRequest } from './request.ts';

/** Least time in ms between two drawings while training goes on. */
const REST_MS = 400;
/** Below this width the surfaces stand beneath each other. */
const NARROW = 460;

/**
 * Both surfaces inside `element`, kept up to date: by WebGL, and drawn flat where there is none or it is lost. `look` turns them;
 * `flat` says why they are drawn flat.
 */
export function useSurfaces(element: RefObject<HTMLElement | null>, { lane }: Playground) {
  const view = useRef<View>(firstView(false));
  const [flat, setFlat] = useState<string>();
  const surfaces = useRef<DrawnSurfaces>(undefined);
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
      const request = requestOf(lane.getState(), view.current, themeOf(box), stacked());
      if (!request || busy) return;
      due = false;
      busy = true;
      try {
        if (surfaces.current) surfaces.current.draw(request);
        else {
          const plot = await drawSurfaces(box, request);
          if (!listening) onTurn(plot, turn);
          listening = true;
        }
      } catch (error) {
        if (!closed) goFlat(error instanceof Error ? error.message : String(error));
      } finally {
        busy = false;
        if (closed) dispose();
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
      if (surfaces.current) surfaces.current.look(next);
      else if (listening) await lookFrom(box, next);
    };
    const dispose = () => {
      if (surfaces.current) surfaces.current.dispose();
      else disposeSurfaces(box);
      surfaces.current = undefined;
    };
    const goFlat = (reason: string) => {
      if (closed || surfaces.current) return;
      if (listening) disposeSurfaces(box);
      surfaces.current = new DrawnSurfaces(box, turn);
      setFlat(reason);
      plan();
    };
    const onLost = () => goFlat('the browser took WebGL away');
    // The event goes to the plot's canvas, and does not come up from there in every browser.
    box.addEventListener('webglcontextlost', onLost, true);
    look.current = turn;

    if (!canDraw()) goFlat('this browser gives no WebGL');
    void draw();
    const stops = [lane.subscribe(plan), themeChanges.subscribe(plan)];
    return () => {
      closed = true;
      box.removeEventListener('webglcontextlost', onLost, true);
      clearTimeout(timer);
      for (const stop of stops) stop();
      if (!busy) dispose();
    };
  }, [element, lane]);

  return {
    flat,
    view,
    /** What is shown, as a file in the colours of `theme`. */
    picture: async (kind: 'png' | 'svg', theme: FigureTheme) => {
      const { clientWidth: width = 0, clientHeight: height = 0 } = element.current ?? {};
      const request = requestOf(lane.getState(), view.current, theme, width < NARROW);
      if (!request) throw new Error('There is no surface to save yet');
      const size = { width, height };
      return surfaces.current ? drawnAs(request, kind, size) : surfacesAs(request, kind, size);
    },
    look: (next: View) => look.current(next),
    lookFirst: () => look.current(firstView((element.current?.clientWidth ?? 0) < NARROW)),
  };
}

/** What is to be drawn now; nothing while there is no target. */
function requestOf(
  state: LaneState,
  view: View,
  theme: FigureTheme,
  stacked: boolean,
): SurfacesRequest | undefined {
  if (!isSurface(state.data)) return undefined;
  const target = targetField(state.data, state.prediction?.grid ?? 'coarse');
  return (
    target && {
      ...{ target, network: predictionFields(state)?.network, heights: heightsOf(target) },
      ...{ bound: sharedBound(state.data), view, theme, stacked },
    }
  );
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
