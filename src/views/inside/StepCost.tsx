import { useMemo } from 'react';
import { type Config, methodName } from '../../training/config.ts';
import { bytesForGradient, PAPER_PASSES, PAPER_SAVING } from '../../training/cost.ts';
import { energy } from '../../training/operations.ts';
import { specsOf } from '../../training/specs.ts';
import { useLane } from '../context.ts';
import { formatCount, formatDuration, formatSI } from '../format.ts';
import css from './cost/cost.module.css';
import { drawBytes } from './cost/draw-bytes.ts';
import { EnergyInputs } from './cost/EnergyInputs.tsx';
import { useEnergyFigures } from './cost/energy-figures.ts';
import { memoryClaim } from './cost/memory.ts';
import { StepCostTable } from './cost/StepCostTable.tsx';
import { useStepCost } from './cost/use-step-cost.ts';
import { Figure } from './microscope/Figure.tsx';
import shared from './shared/inside.module.css';

const TIMES = Array.from({ length: 64 }, (_, i) => i + 1);

/** What one training step of the run costs, part by part, and what it keeps in memory. */
export function StepCost() {
  const config = useLane((state) => state.config);
  const { answer, fault } = useStepCost();
  const figures = useEnergyFigures();
  const settings = JSON.stringify(config);
  const bytes = useMemo(() => bytesOverT(JSON.parse(settings) as Config), [settings]);
  const name = methodName(config);

  if (!answer)
    return (
      <p role="status" className={fault ? shared.fault : shared.dim}>
        {fault ?? 'Counting…'}
      </p>
    );
  const { cost, step, msPerStep } = answer;
  return (
    <div className={shared.view} data-testid="cost">
      <p className={shared.dim}>
        Step {formatCount(step + 1)} by {name}. A spike costs one addition for every weight it is sent
        through, a silent neuron nothing; real numbers are multiplied and added.
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
          <dt>measured here</dt>
          <dd>{msPerStep === undefined ? '–' : formatDuration(msPerStep)}</dd>
        </div>
      </dl>
      <StepCostTable cost={cost} figures={figures} />
      <EnergyInputs />
      <Figure
        title="Memory for the gradient"
        height={200}
        draw={(frame) => drawBytes(frame, { ...bytes, method: name, T: config.T })}
        summary={`Bytes kept for the gradient at T = ${config.T}: ${formatCount(cost.bytesForGradient)} by ${name}${bytes.backprop ? `, ${formatCount(bytes.backprop[config.T - 1])} by BP` : ''}`}
        testId="cost-bytes"
        table={{
          header: ['T', `${name}, bytes`, ...(bytes.backprop ? ['BP, bytes'] : [])],
          rows: TIMES.map((T, i) => [T, bytes.own[i], ...(bytes.backprop ? [bytes.backprop[i]] : [])]),
        }}
      >
        <p>
          BP keeps what happened at every time step; forward mode carries directions and tangents of the
          present step only, K of them.
        </p>
      </Figure>
      <Claim config={config} equivalents={cost.forwardEquivalents} />
    </div>
  );
}

function bytesOverT(config: Config) {
  const over = (of: Config) => TIMES.map((T) => bytesForGradient(specsOf({ ...of, T })));
  return {
    times: TIMES,
    own: over(config),
    backprop: config.gradient === 'BP' ? undefined : over({ ...config, gradient: 'BP' }),
  };
}

/** What is kept for the gradient, beside BP where the run is another method with directions. */
function memorySaid(config: Config): string {
  if (config.gradient !== 'RFG')
    return 'Memory is another matter: BP’s grows with T, that of RFG does not, but with K and the layers.';
  const backprop = { name: 'BP', config: { ...config, gradient: 'BP' as const } };
  return memoryClaim(backprop, { name: methodName(config), config });
}

/** The paper's count beside this one. */
function Claim({ config, equivalents }: { readonly config: Config; readonly equivalents: number }) {
  const claimed =
    config.gradient === 'RFG' ? PAPER_PASSES.RFG : config.gradient === 'BP' ? PAPER_PASSES.BP : undefined;
  return (
    <section className={shared.section} aria-label="What the paper claims">
      <h3>What the paper claims</h3>
      <p>
        A step of BP is a forward pass and a backward pass of twice its cost, {PAPER_PASSES.BP} in all, one of
        RFG {PAPER_PASSES.RFG}: about {PAPER_SAVING} % less.
        {claimed !== undefined &&
          ` For ${methodName(config)} that would be ${claimed}; counted here${config.gradient === 'RFG' && config.K > 1 ? `, with K = ${config.K} directions` : ''}: ${equivalents.toPrecision(3)}.`}
      </p>
      <p>
        The count differs for two reasons. A forward pass of a spiking network only adds up spikes, whereas
        surrogates, tangents and adjoints are real numbers that have to be multiplied. And a tangent is
        carried for every direction and, layer-wise, for every layer.
      </p>
      <p>{memorySaid(config)}</p>
    </section>
  );
}

export default StepCost;
