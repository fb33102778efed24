import { shownScheme, useScheme } from '../colour-scheme.ts';
import { laneLook, markerShape } from './lane-looks.ts';
import css from './Swatch.module.css';

/** A piece of the lane's curve, and its letter. Not a canvas: each would have the browser put its surroundings together apart. */
export function Swatch({
  position,
  letter,
  small = false,
}: {
  readonly position: number;
  readonly letter: string;
  /** The marker alone. */
  readonly small?: boolean;
}) {
  const width = small ? HEIGHT : WIDTH;
  const look = laneLook(position, useScheme(shownScheme));
  const { radius, lines, lineWidth } = markerShape(look, SIZE);
  const path = lines.map(
    (line) => `M${line.map((point) => point.map(round)).join('L')}${line.length > 2 ? 'Z' : ''}`,
  );
  const marker = {
    fill: look.hollow ? 'var(--panel)' : look.colour,
    strokeWidth: lineWidth,
  };
  return (
    <span className={css.swatch} aria-hidden="true">
      <b data-label>{letter}</b>
      <svg
        width={width}
        height={HEIGHT}
        viewBox={`${-width / 2} ${-HEIGHT / 2} ${width} ${HEIGHT}`}
        stroke={look.colour}
        aria-hidden="true"
      >
        <line
          x1={-width / 2}
          x2={width / 2}
          y1="0"
          y2="0"
          strokeWidth="1.75"
          strokeDasharray={look.dash.join(' ')}
        />
        {radius ? <circle r={radius} {...marker} /> : <path d={path.join('')} {...marker} />}
      </svg>
    </span>
  );
}
const WIDTH = 30;
const HEIGHT = 14;
const SIZE = 4;
const round = (x: number) => Math.round(100 * x) / 100;
