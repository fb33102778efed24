import { type ReactNode, type RefObject, useRef } from 'react';
import { Panel } from '../../ui/Panel.tsx';
import figure from '../figures/figure.module.css';
import { type Source, useFigure } from '../figures/use-figure.ts';
import { useDrawingSize } from '../figures/use-size.ts';
import { useSummary } from '../figures/use-summary.ts';
import { ExportMenu } from '../share/ExportMenu.tsx';
import { figureTables } from '../share/figures.ts';
import { type CurvePlot, drawCurves } from './curve.ts';
import css from './figure.module.css';

interface CurveFigureProps {
  /** Stands above the figure and in what is saved of it. */
  readonly title: string;
  readonly testId: string;
  readonly sources: readonly Source[];
  /** What is drawn now; undefined draws nothing. */
  readonly plot: () => CurvePlot | undefined;
  readonly summary: () => string;
  readonly actions?: ReactNode;
  readonly footer?: ReactNode;
  /** What lies on the canvas, given its size and itself. */
  readonly overlay?: (
    size: { width: number; height: number },
    canvas: RefObject<HTMLCanvasElement | null>,
  ) => ReactNode;
}

/** A panel with curves over one coordinate. */
export function CurveFigure({
  title,
  testId,
  sources,
  plot,
  summary,
  actions,
  footer,
  overlay,
}: CurveFigureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useDrawingSize(canvas);
  useFigure(canvas, sources, (frame) => {
    const shown = plot();
    if (shown) drawCurves(frame, shown);
  });
  useSummary(canvas, sources, summary);
  return (
    <Panel
      title={title}
      actions={
        <>
          {actions}
          <ExportMenu
            name={title}
            table={async () => (await figureTables()).curveTable(plot())}
            legend={async (theme) => (await figureTables()).curveLegend(plot(), theme)}
            also={() =>
              plot()?.backdrop?.length
                ? [
                    {
                      name: `${title} training functions`,
                      table: async () => (await figureTables()).backdropTable(plot()),
                    },
                  ]
                : []
            }
          />
        </>
      }
      footer={footer}
    >
      <div className={`${figure.figure} ${css.figure}`} translate="no">
        <canvas ref={canvas} role="img" aria-label={title} data-testid={testId} />
        {size && overlay && <div className={figure.overlay}>{overlay(size, canvas)}</div>}
      </div>
    </Panel>
  );
}
