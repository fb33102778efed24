import { type ReactNode, useRef, useState } from 'react';
import { Panel } from '../../ui/Panel.tsx';
import { usePlayground } from '../context.ts';
import type { Frame } from '../figures/canvas/surface.ts';
import figure from '../figures/figure.module.css';
import { useFigure } from '../figures/use-figure.ts';
import { useSummary } from '../figures/use-summary.ts';
import { ExportMenu } from '../share/ExportMenu.tsx';
import { figureTables } from '../share/figures.ts';
import { Term } from '../terms/Term.tsx';
import button from './button.module.css';
import { largest } from './curve.ts';
import css from './figure.module.css';
import { useOperator } from './use-operator.ts';

/** The coordinate factors' functions as small plots, and the branch's coefficients of the function shown. */
export function BasisPanel({ actions }: { readonly actions?: ReactNode }) {
  const { lane } = usePlayground();
  const canvas = useRef<HTMLCanvasElement>(null);
  const names = useOperator().axes.map(({ name }) => name[0].toUpperCase() + name.slice(1));
  const [factor, setFactor] = useState(0);
  const shown = Math.min(factor, names.length - 1);
  const functions = () => lane.getState().probe?.functions;

  useFigure(canvas, [lane], (frame) => {
    const now = functions();
    if (now?.functions[shown]) drawBasis(frame, now.functions[shown], now.coefficients);
  });
  useSummary(canvas, [lane], () => {
    const coefficients = Array.from(functions()?.coefficients ?? [], (c) => c.toPrecision(2)).join(', ');
    return `Functions of the factor ${names[shown]}; branch coefficients ${coefficients}`;
  });
  return (
    <Panel
      title="Factors"
      actions={
        <>
          {actions ??
            (names.length > 1 && (
              <span>
                {names.map((name, m) => (
                  <button
                    key={name}
                    type="button"
                    className={`${button.button} ${button.tab}`}
                    title={`Functions of ${name}`}
                    aria-pressed={m === shown}
                    onClick={() => setFactor(m)}
                  >
                    {name}
                  </button>
                ))}
              </span>
            ))}
          <ExportMenu
            name={`functions of ${names[shown]}`}
            table={async () => (await figureTables()).basisTable(functions(), shown)}
            also={() => [
              {
                name: 'branch coefficients',
                table: async () => (await figureTables()).coefficientTable(functions()),
              },
            ]}
          />
        </>
      }
      footer={
        <span className={figure.note}>
          Bars: <Term id="branch">branch</Term> coefficients
        </span>
      }
    >
      <div className={`${figure.figure} ${css.figure}`} translate="no">
        <canvas ref={canvas} role="img" aria-label="Factor functions" data-testid="basis" />
      </div>
    </Panel>
  );
}

/** r small plots in a grid, each with its branch coefficient as a signed bar beneath. */
function drawBasis(
  { ctx, theme, width, height }: Frame,
  values: Float32Array,
  coefficients: Float32Array,
): void {
  const rank = coefficients.length;
  const nodes = values.length / rank;
  const columns = Math.min(rank, Math.max(2, Math.ceil(Math.sqrt((rank * width) / Math.max(1, height)))));
  const rows = Math.ceil(rank / columns);
  const cell = { width: width / columns, height: height / rows };
  const bound = largest(values) || 1;
  const most = largest(coefficients) || 1;
  for (let i = 0; i < rank; i++) {
    const left = (i % columns) * cell.width + 4;
    const top = Math.floor(i / columns) * cell.height + 2;
    const inner = { width: cell.width - 8, height: cell.height - 18 };
    const middle = top + inner.height / 2;
    ctx.strokeStyle = theme.line;
    ctx.lineWidth = 1;
    ctx.strokeRect(left + 0.5, top + 0.5, inner.width - 1, inner.height - 1);
    ctx.beginPath();
    ctx.moveTo(left, middle);
    ctx.lineTo(left + inner.width, middle);
    ctx.stroke();
    ctx.strokeStyle = theme.trace;
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    for (let n = 0; n < nodes; n++) {
      const x = left + (inner.width * n) / (nodes - 1);
      const y = middle - ((values[n * rank + i] / bound) * inner.height) / 2.1;
      if (n === 0) ctx.moveTo(x, y);
      else ctx.lineTo(x, y);
    }
    ctx.stroke();
    const centre = left + inner.width / 2;
    const length = ((coefficients[i] / most) * inner.width) / 2;
    ctx.fillStyle = length < 0 ? theme.negative : theme.positive;
    ctx.fillRect(Math.min(centre, centre + length), top + inner.height + 4, Math.abs(length), 6);
    ctx.fillStyle = theme.muted;
    ctx.fillRect(centre - 0.5, top + inner.height + 2, 1, 10);
  }
}
