import { type ReactNode, type RefObject, useEffect, useMemo, useRef } from 'react';
import type { TermId } from '../../lessons/terms.ts';
import {
  coursesOf,
  INPUTS,
  NEURON_CONTROLS,
  NEURON_FIELDS,
  type NeuronControl,
  type NeuronSettings,
  neuronLab,
} from '../../state/labs/neuron.ts';
import { Hint } from '../../ui/Hint.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { PauseIcon, PlayIcon, StepIcon } from '../../ui/icons.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { spacePresses, takeSpace } from '../../ui/space.ts';
import { useApp } from '../context.ts';
import { formatTick } from '../figures/canvas/ticks.ts';
import figure from '../figures/figure.module.css';
import { Range } from '../inside/shared/Range.tsx';
import { Term } from '../terms/Term.tsx';
import { LabFrame } from './LabFrame.tsx';
import { labMadeWith } from './made-with.ts';
import css from './NeuronLab.module.css';
import { CHALLENGES } from './neuron/challenges.ts';
import { RateCurve } from './neuron/RateCurve.tsx';
import { Traces, tracesTable } from './neuron/Traces.tsx';
import { balanceText, INPUT_WORDS, stepText } from './neuron/words.ts';
import type { LabProps } from './props.ts';
import { useLab } from './use-lab.ts';
import { usePlayback } from './use-playback.ts';

/** T that can be chosen; a link may ask for any. */
const TIMES = [8, 16, 32, 64, 128];

/** What explains each slider, and its ends where it does not reach as far as a link. */
const KNOBS: Record<
  'current' | 'threshold' | 'leak' | 'weight' | 'synapticDecay' | 'refractoryDecay' | 'delay',
  { readonly term: TermId; readonly from?: number; readonly to?: number }
> = {
  current: { term: 'current', from: 0, to: 1.5 },
  threshold: { term: 'threshold' },
  leak: { term: 'leak' },
  weight: { term: 'parameters' },
  synapticDecay: { term: 'synapse', to: 0.95 },
  refractoryDecay: { term: 'leak', to: 0.95 },
  delay: { term: 'delay', to: 16 },
};

/** Controls that stand beside the traces. */
const BESIDE = new Set<NeuronControl>(
  NEURON_CONTROLS.filter((name) => name !== 'curve' && name !== 'numbers'),
);

/** One neuron, or two in a chain, and everything that can be done to them. */
export default function NeuronLab({ title, onClose }: LabProps) {
  const [settings, change] = useLab('neuron', neuronLab);
  const redraw = useRef<() => void>(undefined);
  const playback = usePlayback(settings.T, () => redraw.current?.());
  const courses = useMemo(() => coursesOf(settings).filter((course) => course !== undefined), [settings]);
  const facts = useMemo(() => neuronLab.facts(settings), [settings]);
  const inLesson = useApp(({ presentation }) => presentation.lesson !== undefined);
  // Few controls stand above the traces, which then have the whole width.
  const few = settings.show.length > 0 && settings.show.filter((name) => BESIDE.has(name)).length <= 2;
  const shows = (control: NeuronControl) => settings.show.length === 0 || settings.show.includes(control);
  const { time, playing, still, underWay } = playback;
  const { T, input, reset, neurons, kind } = settings;

  const slide = (name: keyof typeof KNOBS, format = formatTick) => {
    const { bounds, label } = NEURON_FIELDS[name];
    const { term, from = bounds.min, to = bounds.max } = KNOBS[name];
    return (
      <Range
        label={label}
        term={term}
        value={settings[name]}
        min={Math.min(from, settings[name])}
        max={Math.max(to, settings[name])}
        step={name === 'delay' ? 1 : 0.01}
        format={format}
        // What is drawn has no height that could be set.
        onChange={(value) =>
          change({ [name]: value, ...(name === 'current' && input === 'drawn' && { input: 'steady' }) })
        }
      />
    );
  };
  const lab = useRef<HTMLDivElement>(null);
  useSpace(lab, playback.toggle);
  const run = still ? 'Next time step' : playing ? 'Stop' : underWay ? 'Go on' : 'Let it run';
  const madeWith = () => labMadeWith(title, NEURON_FIELDS, settings);
  return (
    <div ref={lab} className={css.lab} data-testid="lab">
      <LabFrame title={title} onClose={onClose} table={() => tracesTable(courses)} madeWith={madeWith}>
        <div className={css.layout} data-few={few || undefined}>
          <div className={css.input}>
            {shows('current') && slide('current')}
            {shows('input') && (
              <Inputs settings={settings} currents={courses[0].currents} onChange={change} />
            )}
          </div>

          <div className={css.stage} data-figure>
            <div className={css.run}>
              <IconButton
                label={run}
                icon={still ? <StepIcon /> : playing ? <PauseIcon /> : <PlayIcon />}
                onClick={playback.toggle}
                data-testid="lab-run"
              />
              <output data-testid="lab-step">
                <strong>Step {time}</strong>
                <span> {stepText(courses[0], settings, time)}</span>
              </output>
            </div>
            <Traces
              settings={settings}
              courses={courses}
              playback={playback}
              redraw={redraw}
              onDraw={shows('input') ? (drawn) => change({ input: 'drawn', drawn }) : undefined}
            />
            {shows('numbers') && (
              // Until the simulation has come to its end it is not said how it ends.
              <p className={css.numbers} data-testid="lab-numbers" data-waiting={underWay || undefined}>
                <strong>
                  {facts.spikes} <Term id="spike">{facts.spikes === 1 ? 'spike' : 'spikes'}</Term> in {T}{' '}
                  <Term id="timeSteps">time steps</Term>: <Term id="firingRate">rate</Term>{' '}
                  {formatTick(Number(facts.rate.toFixed(3)))}
                </strong>
                <span>{balanceText(facts, settings)}</span>
                {neurons === '2' && (
                  <span>
                    Second neuron: {facts.secondSpikes} {facts.secondSpikes === 1 ? 'spike' : 'spikes'}, rate{' '}
                    {formatTick(Number(facts.secondRate.toFixed(3)))}
                  </span>
                )}
              </p>
            )}
          </div>

          <div className={css.neuron}>
            {shows('kind') && (
              <Segmented
                label="Neuron"
                value={kind}
                options={[
                  { value: 'LIF', label: 'LIF', hint: 'The current charges the membrane as it is' },
                  {
                    value: 'CuBa',
                    label: 'CuBa',
                    hint: 'The current adds to a synaptic current, which decays',
                  },
                  {
                    value: 'SRM',
                    label: 'SRM',
                    hint: 'The membrane is the current, late and spread, less what its own spikes leave behind',
                  },
                ]}
                onChange={(kind) => change({ kind })}
              />
            )}
            {shows('kind') && kind !== 'LIF' && slide('synapticDecay')}
            {shows('kind') && kind === 'SRM' && slide('delay')}
            {shows('kind') && kind === 'SRM' && slide('refractoryDecay')}
            {shows('threshold') && slide('threshold')}
            {shows('leak') &&
              kind !== 'SRM' &&
              slide('leak', (value) => (value === 1 ? '1 (IF)' : `${formatTick(value)} (LIF)`))}
            {shows('reset') && (
              <Segmented
                label={<Term id="reset">After a spike</Term>}
                value={reset}
                options={[
                  { value: 'subtract', label: 'subtract ϑ', hint: 'What is above the threshold counts on' },
                  { value: 'zero', label: 'to zero', hint: 'What is above the threshold is lost' },
                ]}
                onChange={(reset) => change({ reset })}
              />
            )}
            {shows('T') && (
              <Segmented
                label={<Term id="timeSteps">Time steps T</Term>}
                value={String(T)}
                options={(TIMES.includes(T) ? TIMES : [...TIMES, T].sort((a, b) => a - b)).map((T) => ({
                  value: String(T),
                  label: String(T),
                }))}
                onChange={(T) => change({ T: Number(T) })}
              />
            )}
            {shows('chain') && (
              <Segmented
                label="Neurons"
                value={neurons}
                options={[
                  { value: '1', label: 'one' },
                  {
                    value: '2',
                    label: 'two in a chain',
                    hint: 'The second gets w at every spike of the first',
                  },
                ]}
                onChange={(neurons) => change({ neurons })}
              />
            )}
            {shows('chain') && neurons === '2' && slide('weight')}
          </div>

          <div className={css.side}>
            {shows('curve') && <RateCurve settings={settings} madeWith={madeWith} />}
            {!inLesson && settings.show.length === 0 && (
              <section className={css.challenges} aria-label="Challenges">
                <h3>Can you…</h3>
                <ul>
                  {CHALLENGES.map(({ text, done, stands }) => (
                    <li key={text} data-done={done(facts) || undefined}>
                      <Check done={done(facts)} />
                      <span>
                        {text}
                        <small>{done(facts) ? 'done' : stands(facts)}</small>
                      </span>
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </div>
        </div>
      </LabFrame>
    </div>
  );
}

/** Space lets the neuron run where the focus is in the lab or nowhere, unless what has the focus is pressed by it. */
function useSpace(lab: RefObject<HTMLElement | null>, toggle: () => void): void {
  const latest = useRef(toggle);
  useEffect(() => {
    latest.current = toggle;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as Element;
      const here = target === document.body || lab.current?.contains(target);
      const typed = target.closest(
        'select, textarea, input:not([type="radio"], [type="checkbox"], [type="range"])',
      );
      if (
        event.key !== ' ' ||
        !here ||
        typed ||
        spacePresses(target) ||
        event.defaultPrevented ||
        event.repeat
      )
        return;
      takeSpace(event);
      latest.current();
    };
    // Before the keys of the page.
    addEventListener('keydown', press, { capture: true });
    return () => removeEventListener('keydown', press, { capture: true });
  }, [lab]);
}

interface InputsProps {
  readonly settings: NeuronSettings;
  readonly currents: readonly number[];
  readonly onChange: (change: Partial<NeuronSettings>) => void;
}

/** Courses of the current to choose from; those that are random can be drawn again. */
function Inputs({ settings, currents, onChange }: InputsProps): ReactNode {
  const { input, drawn, seed } = settings;
  const random = input === 'noise' || input === 'train';
  return (
    <fieldset className={css.inputs}>
      <legend className="hidden-visually">How the current goes over time</legend>
      {INPUTS.map((name) => (
        <Hint key={name} text={INPUT_WORDS[name].hint}>
          <button
            type="button"
            className={figure.button}
            aria-pressed={name === input}
            onClick={() =>
              // A first drawing begins with what is shown.
              onChange(
                name === 'drawn' && drawn.length === 0 ? { input: name, drawn: currents } : { input: name },
              )
            }
          >
            {INPUT_WORDS[name].label}
          </button>
        </Hint>
      ))}
      {random && (
        <button type="button" className={figure.button} onClick={() => onChange({ seed: (seed + 1) >>> 0 })}>
          draw again
        </button>
      )}
    </fieldset>
  );
}

function Check({ done }: { readonly done: boolean }) {
  return (
    <svg width="18" height="18" viewBox="0 0 20 20" aria-hidden="true">
      <circle cx="10" cy="10" r="8" />
      {done && <path d="M6 10.2l2.8 2.8L14 7.5" />}
    </svg>
  );
}
