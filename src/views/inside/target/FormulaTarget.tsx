import { useEffect, useId, useRef, useState } from 'react';
import { readNotation } from '../../../problems/notation.ts';
import { Button } from '../../../ui/Button.tsx';
import { useApp, usePlayground } from '../../context.ts';
import type { Field } from '../../figures/canvas/field-image.ts';
import { formatNumber } from '../../figures/canvas/ticks.ts';
import { extremes } from '../../figures/prediction/fields.ts';
import shared from '../shared/inside.module.css';
import { FieldThumb } from './FieldThumb.tsx';
import { FormulaMath } from './FormulaMath.tsx';
import css from './FormulaTarget.module.css';
import { type ReadFormula, readFormula, typedForm } from './read-formula.ts';

const EXAMPLES = [
  'sin(4x)*cos(3y)/2',
  'exp(-8((x-0.3)^2+y^2))',
  'x*y > 0 ? 0.5 : -0.3',
  'max(0, 0.8-3abs(x+y))',
];
const PAUSE_MS = 200;

/** A formula in x and y as it is read, with its live picture; what is wrong with it stands beside the input. */
export function FormulaTarget() {
  const { app, actions } = usePlayground();
  const used = useApp(({ config }) => (config.target === 'formula' ? config.formula : undefined));
  const [usedAs, setUsedAs] = useState<string>();
  const [text, setText] = useState(() => app.getState().config.formula);
  const [read, setRead] = useState<ReadFormula>();
  const [refused, setRefused] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const id = useId();

  // A link may hold what would be asked about if it was typed.
  useEffect(() => {
    const { formula } = app.getState().config;
    void typedForm(formula).then((typed) => setText((now) => (now === formula ? typed : now)));
  }, [app]);
  useEffect(() => {
    let current = true;
    if (used !== undefined)
      void typedForm(used).then((typed) => {
        if (current) setUsedAs(readNotation(typed).readings?.[0].canonical);
      });
    return () => {
      current = false;
    };
  }, [used]);

  useEffect(() => {
    let current = true;
    const timer = setTimeout(async () => {
      const answer = await readFormula(text);
      if (current) setRead(answer);
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text]);

  const learn = async () => {
    const answer = await readFormula(text);
    setRead(answer);
    if (answer.place) input.current?.setSelectionRange(answer.place.from, answer.place.to);
    if (answer.formula === undefined) return;
    const { formula } = answer;
    await actions.set({ target: 'formula', formula });
    const { config, notice } = app.getState();
    const accepted = config.target === 'formula' && config.formula === formula;
    setRefused(accepted ? undefined : (notice?.text ?? 'the worker refused it'));
  };
  const type = (next: string) => {
    setText(next);
    setRefused(undefined);
  };

  const fault = refused ?? read?.fault;
  const inUse = used !== undefined && read?.formula !== undefined && read.formula === usedAs;
  const why = inUse
    ? 'it is what the network learns'
    : read?.readings
      ? 'it can be read in several ways: choose one below'
      : undefined;
  return (
    <div className={shared.section}>
      <label htmlFor={id}>Formula in x and y, both from −1 to 1</label>
      <div className={css.form}>
        <input
          id={id}
          ref={input}
          value={text}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          aria-invalid={fault ? true : undefined}
          aria-describedby={`${id}-note`}
          onChange={(event) => type(event.target.value)}
          onKeyDown={({ key }) => {
            if (key === 'Enter' && why === undefined) void learn();
          }}
        />
        <Button className={shared.primary} why={why} onClick={() => void learn()}>
          {inUse ? 'In use' : 'Learn it'}
        </Button>
      </div>
      {read?.place && <FaultPlace text={text} {...read.place} />}
      <div className={css.preview}>
        <FieldThumb field={read?.field} />
        <div className={shared.section}>
          {read?.tree && (
            <section
              className={css.reading}
              aria-label="As it is read"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a long formula is scrolled with the keyboard, too
              tabIndex={0}
              data-testid="formula-reading"
            >
              <FormulaMath tree={read.tree} />
            </section>
          )}
          <p
            id={`${id}-note`}
            role="status"
            className={fault ? shared.fault : shared.dim}
            data-testid="formula-note"
          >
            {fault
              ? `Cannot be used: ${fault}`
              : (read?.words ?? (read?.field ? rangeOf(read.field) : 'Reading…'))}
          </p>
          {read?.readings && (
            <div className={css.readings} data-testid="formula-readings">
              {read.readings.map(({ canonical, tree }) => (
                <button
                  key={canonical}
                  type="button"
                  aria-label={`It means ${canonical}`}
                  onClick={() => type(canonical)}
                >
                  <FormulaMath tree={tree} />
                  <code translate="no">{canonical}</code>
                </button>
              ))}
            </div>
          )}
          <div className={css.examples} translate="no">
            {EXAMPLES.map((example) => (
              <button key={example} type="button" onClick={() => type(example)}>
                {example}
              </button>
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}

/** The text again with a mark where something is wrong; the words beside it name the place. */
function FaultPlace({
  text,
  from,
  to,
}: {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}) {
  return (
    <code className={css.place} aria-hidden="true" translate="no">
      {text.slice(0, from)}
      <mark>{text.slice(from, to)}</mark>
      {text.slice(to)}
    </code>
  );
}

function rangeOf(field: Field): string {
  const { least, greatest } = extremes(field);
  return `From ${formatNumber(least.value, 3)} to ${formatNumber(greatest.value, 3)} on the square`;
}
