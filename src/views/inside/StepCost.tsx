import { useMemo } from 'react';
import { type Config, FIELDS, methodName, methodOf } from '../../training/config.ts';
import { bytesForGradient, PAPER_SAVING } from '../../training/cost.ts';
import type { CountedMethod } from '../../training/cost-beside.ts';
import { energy } from '../../training/operations.ts';
import { specsOf } from '../../training/specs.ts';
import { useLane } from '../context.ts';
import { formatCount, formatDuration, formatSI } from '../format.ts';
import { useSpoken } from '../methods/use-spoken.ts';
import { bytesTable, drawBytes } from './cost/draw-bytes.ts';
import { EnergyInputs } from './cost/EnergyInputs.tsx';
import { useEnergyFigures } from './cost/energy-figures.ts';
import { MethodsTable } from './cost/MethodsTable.tsx';
import { memoryClaim } from './cost/memory.ts';
import { pairOf, passesSentence, readingsOf, stepUnder } from './cost/readings.ts';
import { StepCostTable } from './cost/StepCostTable.tsx';
import { useStepCost } from './cost/use-step-cost.ts';
import { Figure } from './microscope/Figure.tsx';
import css from './StepCost.module.css';
import shared from './shared/inside.module.css';

const TIMES = Array.from({ length: FIELDS.T.bounds.max }, (_, i) => i + 1);

/** What one training step of the run costs, part by part, and what it keeps in memory. */
export function StepCost() {
  const config = useLane((state) => state.config);
  const { answer, methods = NONE, fault } = useStepCost();
  const inRun = useLane((state) => state.msPerStep);
  const figures = useEnergyFigures();
  const settings = JSON.stringify(config);
  const bytes = useMemo(() => bytesOverT(JSON.parse(settings) as Config), [settings]);
  const say = useSpoken();
  const name = methodName(config);

  if (!answer)
    return (
      <p role="status" className={fault ? shared.fault : shared.dim}>
        {fault ?? 'Counting…'}
      </p>
    );
  const { cost, step } = answer;
  const msPerStep = inRun ?? answer.msPerStep;
  const reverse = methodOf(config).derivation === 'reverse';
  const pair = pairOf(methods, reverse ? undefined : stepUnder(config, cost.forwardEquivalents));
  return (
    <div className={shared.view} data-testid="cost">
      <p className={shared.dim} data-introduces>
        Step {formatCount(step + 1)} by {say(name)}. A spike costs one addition for every weight it is sent
        through, a silent neuron nothing; real numbers are multiplied and added.
      </p>
      <p className={css.sentence} data-testid="cost-sentence">
        {pair ? say(passesSentence(pair)) : 'Counting the other methods…'}
      </p>
      <dl className={css.facts}>
        <div>
          <dt>forward-pass equivalents</dt>
          <dd data-testid="cost-passes">{cost.forwardEquivalents.toPrecision(3)}</dd>
        </div>
        <div>
          <dt>energy</dt>
          <dd>{formatSI(energy(cost, figures) * 1e-12)}J</dd>
        </div>
        <div>
          <dt>kept for the gradient</dt>
          <dd>{formatSI(cost.bytesForGradient)}B</dd>
        </div>
        <div>
          <dt>time here, median</dt>
          <dd>{msPerStep === undefined ? '–' : formatDuration(msPerStep)}</dd>
        </div>
      </dl>
      <StepCostTable cost={cost} figures={figures} />
      <EnergyInputs />
      <Figure
        title="Memory for the gradient"
        height={200}
        draw={(frame) =>
          drawBytes(frame, { ...bytes, method: say(name), T: config.T, backpropName: say('BP') })
        }
        summary={`Bytes kept for the gradient at T = ${config.T}: ${formatCount(cost.bytesForGradient)} by ${name}${bytes.backprop ? `, ${formatCount(bytes.backprop[config.T - 1])} by BP` : ''}`}
        testId="cost-bytes"
        table={bytesTable({ ...bytes, method: name })}
      >
        <p>
          {say('BP')} keeps what happened at every time step; forward mode carries directions and tangents of
          the present step only, K of them.
        </p>
      </Figure>
      <Claim config={config} methods={methods} />
    </div>
  );
}

function bytesOverT(config: Config) {
  const over = (of: Config) => TIMES.map((T) => bytesForGradient(specsOf({ ...of, T })));
  return {
    times: TIMES,
    own: over(config),
    backprop: methodOf(config).derivation === 'reverse' ? undefined : over({ ...config, gradient: 'BP' }),
  };
}

/** What is kept for the gradient, beside BP where the run is another method with directions. */
function memorySaid(config: Config): string {
  if (methodOf(config).derivation !== 'forward')
    return 'Memory is another matter: BP’s grows with T, that of RFG does not, but with K and the layers.';
  const backprop = { name: 'BP', config: { ...config, gradient: 'BP' as const } };
  return memoryClaim(backprop, { name: methodName(config), config });
}

const NONE: readonly CountedMethod[] = [];

/** The paper's count in each of its fair readings beside this one. */
function Claim({ config, methods }: { readonly config: Config; readonly methods: readonly CountedMethod[] }) {
  const say = useSpoken();
  return (
    <section className={shared.section} aria-label="What the paper claims">
      <h3>“About {PAPER_SAVING} % less”: what the paper’s claim can mean</h3>
      {methods.length > 0 && <MethodsTable methods={methods} />}
      <p className={shared.dim}>
        This step by other methods: same network, weights, batch and optimiser. Passes: arithmetic of the step
        divided by that of one forward simulation. Sweeps: how often all T time steps are gone through.{' '}
        {say('WP-G')} is weight perturbation: simulations with shifted weights, no derivative. With one
        direction a step (K = 1):
      </p>
      <ul className={css.readings} data-testid="cost-readings">
        {readingsOf(methods, config.T).map((reading) => (
          <li key={reading}>{say(reading)}</li>
        ))}
      </ul>
      <p>
        Two things make tangents dear. A forward pass of a spiking network only adds up spikes, whereas
        surrogates, tangents and adjoints are real numbers that have to be multiplied. And a tangent is
        carried for every direction and, layer-wise, for every layer.
      </p>
      <p>{say(memorySaid(config))}</p>
    </section>
  );
}

export default StepCost;
