import { type KeyboardEvent, useId, useState } from 'react';
import { decodePainting, encodePainting, PAINT_NODES, paintedSurface } from '../../../problems/targets.ts';
import { Button } from '../../../ui/Button.tsx';
import { useApp, usePlayground } from '../../context.ts';
import { formatNumber } from '../../figures/canvas/ticks.ts';
import shared from '../shared/inside.module.css';
import { Range } from '../shared/Range.tsx';
import { PaintCanvas } from './PaintCanvas.tsx';
import css from './PaintTarget.module.css';
import { inside, isBlank, type Place, toSquare } from './painting.ts';
import { usePainting } from './use-painting.ts';

const BLANK = 'nothing is painted yet';
const MIDDLE = (PAINT_NODES - 1) / 2;
const signed = (value: number) => `${value > 0 ? '+' : ''}${formatNumber(value, 1)}`;
const MOVES: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Paints a function on 16 × 16 nodes, with the pointer or with the keyboard. */
export function PaintTarget() {
  const { app, actions } = usePlayground();
  const used = useApp(({ config }) => (config.target === 'painted' ? config.painting : undefined));
  const painting = usePainting(() => decodePainting(app.getState().config.painting));
  const [value, setValue] = useState(0.8);
  const [size, setSize] = useState(2.5);
  const [place, setPlace] = useState<Place>({ u: MIDDLE, v: MIDDLE });
  const [spoken, setSpoken] = useState('');
  const id = useId();
  const text = encodePainting(painting.values);
  const blank = isBlank(painting.values);

  const describe = (at: Place, brush: number) =>
    `Brush at x ${formatNumber(toSquare(at.u))}, y ${formatNumber(toSquare(at.v))}, paints ${signed(brush)}; there now: ` +
    formatNumber(paintedSurface(painting.values)(toSquare(at.u), toSquare(at.v)));
  const press = (event: KeyboardEvent): boolean => {
    const move = MOVES[event.key];
    if (move) {
      const to = inside({ u: Math.round(place.u) + move[0], v: Math.round(place.v) + move[1] });
      setPlace(to);
      setSpoken(describe(to, value));
    } else if (event.key === '+' || event.key === '=' || event.key === '-') {
      const by = event.key === '-' ? -0.1 : 0.1;
      const next = Math.min(1, Math.max(-1, Number((value + by).toFixed(1))));
      setValue(next);
      setSpoken(`Brush paints ${signed(next)}`);
    } else if (event.key === 'Enter' || event.key === ' ') {
      painting.begin(place, size, value);
      painting.end();
      setSpoken(`Painted ${signed(value)}`);
    } else return false;
    return true;
  };

  return (
    <div className={css.paint}>
      <PaintCanvas
        values={painting.values}
        place={place}
        size={size}
        description={`${id}-keys`}
        onDown={(at) => {
          setPlace(at);
          painting.begin(at, size, value);
        }}
        onPull={(at) => {
          setPlace(at);
          painting.pull(at, size, value);
        }}
        onUp={painting.end}
        onHover={setPlace}
        onKey={press}
      />
      <div className={css.tools}>
        <Range label="Value" value={value} min={-1} max={1} step={0.1} format={signed} onChange={setValue} />
        <Range
          label="Brush"
          value={size}
          min={1}
          max={6}
          step={0.5}
          format={(radius) => `${radius} nodes`}
          onChange={setSize}
        />
        <div className={shared.row}>
          <Button
            className={shared.quiet}
            why={painting.canUndo ? undefined : 'nothing has been painted since it was opened or undone'}
            onClick={painting.undo}
          >
            Undo
          </Button>
          <Button className={shared.quiet} why={blank ? BLANK : undefined} onClick={painting.clear}>
            Clear
          </Button>
          <Button
            className={shared.primary}
            why={blank ? BLANK : used === text ? 'it is what the network learns' : undefined}
            onClick={() => void actions.set({ target: 'painted', painting: text })}
          >
            {used === text ? 'In use' : 'Learn it'}
          </Button>
        </div>
        <p className={`${shared.dim} ${shared.number}`}>{describe(place, value)}</p>
        <p className={shared.dim} id={`${id}-keys`}>
          Keyboard: arrows move the brush, + and − change its value, Enter paints
        </p>
        <span role="status" className="hidden-visually">
          {spoken}
        </span>
      </div>
    </div>
  );
}
