import Plotly, { type PlotlyElement } from 'plotly.js/lib/core';
import surface from 'plotly.js/lib/surface';
import { fromBase64 } from '../../../training/base64.ts';
import { cssColour, diverging, LUT_SIZE } from '../../figures/canvas/colour-map.ts';
import type { Field } from '../../figures/canvas/field-image.ts';
import { familyOf } from '../../figures/canvas/paper-theme.ts';
import { cameraOf, type View, viewOf } from './camera.ts';
import type { SurfacesRequest } from './request.ts';

Plotly.register([surface]);

const SCENES = ['scene', 'scene2'] as const;

/** Draws both surfaces, or brings them up to date. */
export async function drawSurfaces(element: HTMLElement, request: SurfacesRequest): Promise<PlotlyElement> {
  const { data, layout } = figureOf(request);
  return Plotly.react(element, data, layout, {
    ...{ displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false },
  });
}

/** Both surfaces as Plotly asks for them. */
function figureOf(request: SurfacesRequest): { readonly data: object[]; readonly layout: object } {
  const { target, network, theme, stacked } = request;
  const half = (first: boolean): [number, number] => (first ? [0, 0.49] : [0.51, 1]);
  const title = (text: string, first: boolean) => ({
    text,
    showarrow: false,
    xref: 'paper',
    yref: 'paper',
    xanchor: 'left',
    yanchor: 'top',
    x: stacked || first ? 0 : 0.51,
    y: stacked && !first ? 0.49 : 1,
    font: { size: 13, color: theme.ink },
  });
  return {
    data: [
      trace(request, target, 'scene', 'Target'),
      trace(request, network ?? flat(target), 'scene2', 'Network'),
    ],
    layout: {
      autosize: true,
      margin: { l: 0, r: 0, t: 0, b: 0 },
      paper_bgcolor: 'rgba(0,0,0,0)',
      font: { family: familyOf(theme.font), size: 11, color: theme.muted },
      showlegend: false,
      scene: scene(request, stacked ? [0, 1] : half(true), stacked ? half(false) : [0, 1]),
      scene2: scene(request, stacked ? [0, 1] : half(false), stacked ? half(true) : [0, 1]),
      annotations: [title('Target', true), title('Spiking network', false)],
    },
  };
}

/** Tells the view whenever a drag turns one of the surfaces. */
export function onTurn(element: PlotlyElement, listener: (view: View) => void): void {
  const turned = (change: Record<string, unknown>) => {
    for (const name of SCENES) {
      const camera = change[`${name}.camera`] as Parameters<typeof viewOf>[0] | undefined;
      if (camera) listener(viewOf(camera));
    }
  };
  element.on('plotly_relayouting', turned);
  element.on('plotly_relayout', turned);
}

/** Shows both surfaces from one view. */
export async function lookFrom(element: HTMLElement, view: View): Promise<void> {
  const camera = cameraOf(view);
  await Plotly.relayout(element, Object.fromEntries(SCENES.map((name) => [`${name}.camera`, camera])));
}

/** The surfaces of a request as a file of so many pixels of CSS. */
export async function surfacesAs(
  request: SurfacesRequest,
  format: 'png' | 'svg',
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Blob> {
  const address = await Plotly.toImage(figureOf(request), {
    ...{ format, width, height, scale: format === 'png' ? 2 : 1 },
  });
  const data = address.slice(address.indexOf(',') + 1);
  return format === 'png'
    ? new Blob([fromBase64(data)], { type: 'image/png' })
    : new Blob([decodeURIComponent(data)], { type: 'image/svg+xml' });
}

/** Removes the plot and gives its WebGL contexts back at once: browsers allow few. */
export function disposeSurfaces(element: HTMLElement): void {
  const contexts = [...element.querySelectorAll('canvas')].map((canvas) => canvas.getContext('webgl'));
  const scenes = scenesOf(element);
  Plotly.purge(element);
  for (const scene of scenes) endRecovery(scene);
  for (const context of contexts) context?.getExtension('WEBGL_lose_context')?.loseContext();
}

/** The part of Plotly's scene that it recovers a lost context by. */
interface Scene {
  glplot: { readonly gl: { isContextLost(): boolean } } | null;
  initializeGLPlot(): boolean;
  plot(): void;
}

function scenesOf(element: HTMLElement): Scene[] {
  const layout = (element as { _fullLayout?: Record<string, { readonly _scene?: Scene } | undefined> })
    ._fullLayout;
  return ['scene', 'scene2'].flatMap((name) => layout?.[name]?._scene ?? []);
}

/** Plotly asks in every frame whether a lost context is there again, and fails on a scene that is gone: this one is, and needs nothing. */
function endRecovery(scene: Scene): void {
  scene.glplot = { gl: { isContextLost: () => false } };
  scene.initializeGLPlot = () => true;
  scene.plot = () => undefined;
}

function trace({ bound, theme }: SurfacesRequest, { n, values }: Field, scene: string, name: string): object {
  const axis = Array.from({ length: n }, (_, i) => -1 + (2 * i) / (n - 1));
  const lut = diverging(theme.scheme);
  const stops = 16;
  return {
    type: 'surface',
    scene,
    name,
    x: axis,
    y: axis,
    z: axis.map((_, i) => Array.from({ length: n }, (_, j) => values[i * n + j])),
    cmin: -bound,
    cmax: bound,
    colorscale: Array.from({ length: stops + 1 }, (_, k) => [
      k / stops,
      cssColour(lut, Math.round((k / stops) * (LUT_SIZE - 1))).replaceAll(' ', ','),
    ]),
    showscale: false,
    // Level lines give the heights without the colours.
    contours: {
      z: {
        show: true,
        start: -bound,
        end: bound,
        size: bound / 4,
        color: theme.muted,
        width: 1,
        highlight: false,
      },
      x: { highlight: false },
      y: { highlight: false },
    },
    lighting: { ambient: 0.75, diffuse: 0.5, specular: 0.05, roughness: 0.9 },
    hovertemplate: `${name}<br>x %{x:.2f}, y %{y:.2f}<br>%{z:.3f}<extra></extra>`,
  };
}

function scene({ heights, theme, view }: SurfacesRequest, x: [number, number], y: [number, number]): object {
  const axis = (title: string, range: readonly [number, number]) => ({
    title: { text: title, font: { size: 12, color: theme.ink } },
    range,
    nticks: 5,
    tickfont: { size: 11, color: theme.ink },
    color: theme.muted,
    gridcolor: theme.line,
    zerolinecolor: theme.line,
    showspikes: false,
  });
  return {
    domain: { x, y },
    xaxis: axis('x', [-1, 1]),
    yaxis: axis('y', [-1, 1]),
    zaxis: axis('value', heights),
    aspectmode: 'manual',
    aspectratio: { x: 1, y: 1, z: 0.9 },
    camera: cameraOf(view),
    dragmode: 'turntable',
  };
}

/** Zero everywhere, where the network has not answered yet. */
function flat({ n }: Field): Field {
  return { n, values: new Float32Array(n * n) };
}
