import { type FormEvent, useEffect, useId, useState } from 'react';
import { useApp, usePlayground } from '../../context.ts';
import { formatNumber } from '../../figures/canvas/ticks.ts';
import { extremes } from '../../figures/prediction/fields.ts';
import shared from '../shared/inside.module.css';
import { FieldThumb } from './FieldThumb.tsx';
import css from './FormulaTarget.module.css';
import { type ReadFormula, readFormula } from './read-formula.ts';

const EXAMPLES = [
  'sin(4x)*cos(3y)/2',
  'exp(-8((x-0.3)^2+y^2))',
  'x*y > 0 ? 0.5 : -0.3',
  'max(0, 0.8-3abs(x+y))',
];
const PAUSE_MS = 200;

/** A formula in x and y with its live picture; what is wrong with it stands beside the input. */
export function FormulaTarget() {
  const { app, actions } = usePlayground();
  const used = useApp(({ config }) => (config.target === 'formula' ? config.formula : undefined));
  const [text, setText] = useState(() => app.getState().config.formula);
  const [read, setRead] = useState<ReadFormula>();
  const [refused, setRefused] = useState<string>();
  const id = useId();

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

  const learn = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await readFormula(text);
    setRead(answer);
    if (!answer.field) return;
    await actions.set({ target: 'formula', formula: text });
    const { config, notice } = app.getState();
    const accepted = config.target === 'formula' && config.formula === text;
    setRefused(accepted ? undefined : (notice?.text ?? 'the worker refused it'));
  };
  const type = (next: string) => {
    setText(next);
    setRefused(undefined);
  };

  const fault = refused ?? read?.fault;
  return (
    <form className={shared.section} onSubmit={(event) => void learn(event)}>
      <label htmlFor={id}>Formula in x and y, both from −1 to 1</label>
      <div className={css.form}>
        <input
          id={id}
          value={text}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          aria-invalid={fault ? true : undefined}
          aria-describedby={`${id}-note`}
          onChange={(event) => type(event.target.value)}
        />
        <button type="submit" className={shared.primary} disabled={used === text}>
          {used === text ? 'In use' : 'Learn it'}
        </button>
      </div>
      <div className={css.preview}>
        <FieldThumb field={read?.field} />
        <div className={shared.section}>
          <p
            id={`${id}-note`}
            role="status"
            className={fault ? shared.fault : shared.dim}
            data-testid="formula-note"
          >
            {fault ? `Cannot be used: ${fault}` : read?.field ? rangeOf(read) : 'Reading…'}
          </p>
          <div className={css.examples}>
            {EXAMPLES.map((example) => (
              <button key={example} type="button" onClick={() => type(example)}>
                {example}
              </button>
            ))}
          </div>
        </div>
      </div>
    </form>
  );
}

function rangeOf({ field }: ReadFormula): string {
  if (!field) return '';
  const { least, greatest } = extremes(field);
  return `From ${formatNumber(least.value, 3)} to ${formatNumber(greatest.value, 3)} on the square`;
}
