import { type PointerEvent, type ReactNode, useRef } from 'react';
import { Panel } from '../../../ui/Panel.tsx';
import { usePlayground } from '../../context.ts';
import { ExportMenu } from '../../share/ExportMenu.tsx';
import { figureTables } from '../../share/figures.ts';
import type { Field } from '../canvas/field-image.ts';
import { formatNumber, formatPoint } from '../canvas/ticks.ts';
import { useDrag } from '../drag.ts';
import figure from '../figure.module.css';
import { useFigure } from '../use-figure.ts';
import { placeOn, useDrawingSize } from '../use-size.ts';
import { useSummary } from '../use-summary.ts';
import { drawHeatMap } from './draw-map.ts';
import { extremes } from './fields.ts';
import css from './HeatMap.module.css';
import { mapLayout } from './map-layout.ts';
import { ProbeMarker } from './ProbeMarker.tsx';
import { type Point, pointing, probeOf, useMoveProbe, useProbe } from './probe.ts';
import { decimalsOf, type Part, placeText, shownValues, valuesAt } from './values-at.ts';

interface HeatMapProps {
  readonly title: string;
  /** What is mapped, as it stands in a sentence. */
  readonly name: string;
  readonly testId: string;
  /** Ends of the signed range, -bound and bound. */
  readonly bound: number;
  /** Which of the three values at a point it shows. */
  readonly part: Part;
  /** The field to be drawn now. */
  readonly field: () => Field | undefined;
  readonly zeroLine?: boolean;
  readonly note: ReactNode;
  readonly className?: string;
}

/** A signed field on the square [-1, 1]² with axes, colour bar, the probe, and the value under pointer or probe. */
export function HeatMap({
  title,
  name,
  testId,
  bound,
  part,
  field,
  zeroLine,
  note,
  className,
}: HeatMapProps) {
  const playground = usePlayground();
  const sources = [playground.lane, pointing];
  const move = useMoveProbe();
  const canvas = useRef<HTMLCanvasElement>(null);
  const readout = useRef<HTMLSpanElement>(null);
  const size = useDrawingSize(canvas);
  const probe = useProbe();

  useFigure(
    canvas,
    sources,
    (frame) => {
      const shown = field();
      if (canvas.current) drawHeatMap(frame, canvas.current, { field: shown, bound, zeroLine });
      if (readout.current) readout.current.textContent = reading();
    },
    () => [field(), bound, reading()],
  );
  useSummary(canvas, sources, () => {
    const shown = field();
    if (!shown) return `Heat map of ${name}: nothing to show yet`;
    const { least, greatest } = extremes(shown);
    const [low, high] = [least, greatest].map(
      (e) => `${formatNumber(e.value, 3)} at ${formatPoint(e.x, e.y)}`,
    );
    return `Heat map of ${name} over x and y from −1 to 1: least ${low}, greatest ${high}; ${reading()}`;
  });

  /** Value under the pointer, else at the probe. */
  function reading(): string {
    const point = pointing.getState().hover ?? probeOf(playground);
    const state = playground.lane.getState();
    const values = point && valuesAt(state, point);
    if (!values) return '';
    return `${shownValues(values, decimalsOf(state.data))[part]} at ${placeText(values.at)}`;
  }

  const table = async () => {
    const { fieldTable } = await figureTables();
    const shown = field();
    return shown && fieldTable(part, shown.n, shown.values);
  };
  const layout = size && mapLayout(size.width, size.height).map;
  const toPoint = (event: PointerEvent): Point | undefined => {
    if (!canvas.current || !layout) return undefined;
    const { x, y } = placeOn(canvas.current, event);
    return [(2 * (x - layout.left)) / layout.width - 1, 1 - (2 * (y - layout.top)) / layout.height];
  };
  const inside = (point: Point | undefined) => point?.every((c) => Math.abs(c) <= 1) && point;
  const moveTo = (event: PointerEvent) => {
    const point = toPoint(event);
    if (point) move(point);
  };
  const pressed = useRef(false);
  const { onPointerMove, ...drag } = useDrag({
    scrolls: true,
    onStart(event) {
      const point = inside(toPoint(event));
      pressed.current = Boolean(point);
      if (point) move(point);
    },
    onMove: (event) => pressed.current && moveTo(event),
  });

  return (
    <Panel
      title={title}
      actions={<ExportMenu name={title} table={table} />}
      className={className}
      footer={
        <>
          <span ref={readout} className={css.reading} data-testid={`${testId}-value`} />
          <span className={figure.note}>{note}</span>
        </>
      }
    >
      <div className={`${figure.figure} ${css.map}`} translate="no">
        <canvas
          ref={canvas}
          role="img"
          aria-label={`Heat map of ${name}`}
          data-testid={testId}
          {...drag}
          onPointerMove={(event) => {
            onPointerMove(event);
            const point = inside(toPoint(event));
            pointing.setState({ hover: point && event.pointerType === 'mouse' ? point : undefined });
          }}
          onPointerLeave={() => pointing.setState({ hover: undefined })}
        />
        {layout && probe && (
          <div className={figure.overlay}>
            <ProbeMarker
              map={name}
              point={probe}
              left={layout.left + ((probe[0] + 1) / 2) * layout.width}
              top={layout.top + ((1 - probe[1]) / 2) * layout.height}
              onMove={move}
              onDrag={moveTo}
            />
          </div>
        )}
      </div>
    </Panel>
  );
}
