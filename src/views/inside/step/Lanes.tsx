import type { Layout } from '../../../snn/network.ts';
import css from './Lanes.module.css';

interface LanesProps {
  readonly layout: Layout;
  /** Rows of the picture: a name, and from which layer on (by index) something is carried. */
  readonly lanes: readonly { readonly name: string; readonly from: number; readonly only?: boolean }[];
  readonly backward?: boolean;
  /** What the picture says, in words. */
  readonly summary: string;
}

/** Which layers a simulation, a tangent or the reverse scan passes, one row each. */
export function Lanes({ layout, lanes, backward, summary }: LanesProps) {
  const layers = layout.layers;
  return (
    <div className={css.lanes} role="img" aria-label={summary} data-backward={backward || undefined}>
      {lanes.map(({ name, from }, row) => (
        <div key={row} className={css.lane}>
          <span className={css.laneName}>{name}</span>
          <span className={css.chain}>
            {layers.map((layer) => (
              <span
                key={layer.index}
                className={css.box}
                data-on={layer.index >= from || undefined}
                style={{
                  animationDelay: `${(backward ? layers.length - layer.index : layer.index) * 0.35}s`,
                }}
              >
                {layer.name}
              </span>
            ))}
            <span className={css.box} data-end>
              L
            </span>
          </span>
        </div>
      ))}
    </div>
  );
}
