import { hat } from '../../experiments/hat.ts';
import { EXPERIMENTS } from '../../experiments/table.ts';
import { useApp, usePlayground } from '../context.ts';
import shared from './shared/inside.module.css';
import { FormulaTarget } from './target/FormulaTarget.tsx';
import { PaintTarget } from './target/PaintTarget.tsx';
import { ReadyTargets } from './target/ReadyTargets.tsx';

/** Chooses what the network learns: a function to pick, a formula, or a painting. */
export function TargetPicker() {
  const { actions } = usePlayground();
  const { shape } = useApp((state) => EXPERIMENTS[state.config.experiment]);
  if (shape !== 'surface') {
    return (
      <div className={shared.view}>
        <p>Only the Mexican hat’s network learns functions of the square.</p>
        <div>
          <button
            type="button"
            className={shared.primary}
            onClick={() => void actions.set({ experiment: hat.id })}
          >
            Go to the Mexican hat
          </button>
        </div>
      </div>
    );
  }
  return (
    <div className={shared.view} data-testid="target-picker">
      <p className={shared.dim} data-introduces>
        The same network, method and settings learn any function of the square. A new target starts the run
        anew.
      </p>
      <section className={shared.section} aria-label="Functions to pick">
        <h3>Pick</h3>
        <ReadyTargets />
      </section>
      <section className={shared.section} aria-label="Formula">
        <h3>Type</h3>
        <FormulaTarget />
      </section>
      <section className={shared.section} aria-label="Painting">
        <h3>Paint</h3>
        <PaintTarget />
      </section>
    </div>
  );
}

export default TargetPicker;
