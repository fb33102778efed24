import type { Config } from '../training/config.ts';
import { type Option, Segmented } from '../ui/Segmented.tsx';
import { Toggle } from '../ui/Toggle.tsx';
import { useApp, usePlayground } from '../views/context.ts';
import { beyondPaper, SCOPES, SURROGATES } from '../views/methods/options.ts';
import { spokenGradient } from '../views/methods/spoken.ts';
import { GRADIENT_OPTIONS } from '../views/methods/words/all.ts';
import { Hideable } from '../views/share/Hideable.tsx';
import { whyMeaningless } from '../views/shell/reasons.ts';
import { useMethodChange } from '../views/shell/use-method-change.ts';
import { Term } from '../views/terms/Term.tsx';
import { BeyondPaper } from './BeyondPaper.tsx';
import { DirectionsStepper } from './DirectionsStepper.tsx';
import css from './MethodBar.module.css';
import { MoreButton } from './MoreButton.tsx';
import { ForLanes } from './on-demand.tsx';
import { PacePicker } from './PacePicker.tsx';

const GRADIENTS = GRADIENT_OPTIONS.filter(({ name }) => !name);
/** What the bar has, and a gradient of the menu while it is in force. */
const offered = ({
  gradient,
  ...others
}: Pick<Config, 'gradient' | 'scope' | 'surrogate' | 'localLosses'>): readonly Option<
  Config['gradient']
>[] => [
  ...GRADIENTS.map((option) => ({
    ...option,
    spoken: spokenGradient({ ...others, gradient: option.value }),
  })),
  ...GRADIENT_OPTIONS.filter(({ value, name }) => name && value === gradient).map(beyondPaper),
];

/** Pace and method: every toggle of the run, with the reason where one has no meaning. */
export function MethodBar() {
  const { actions } = usePlayground();
  const { surrogate, gradient, scope, localLosses, noSurrogate, noScope, noLocalLosses } = useApp(
    ({ config }) => ({
      surrogate: config.surrogate,
      gradient: config.gradient,
      scope: config.scope,
      localLosses: config.localLosses,
      noSurrogate: whyMeaningless('surrogate', config),
      noScope: whyMeaningless('scope', config),
      noLocalLosses: whyMeaningless('localLosses', config),
    }),
  );
  const { comparing, blind, spelled } = useApp(({ lanes, comparison, presentation }) => ({
    comparing: lanes.length > 1,
    blind: lanes.length > 1 && comparison.blind,
    spelled: presentation.view === 'presenter',
  }));
  const change = useMethodChange();
  const gradients = offered({ gradient, scope, surrogate, localLosses });
  if (blind)
    return (
      <div className={css.bar}>
        <Hideable control="pace">
          <PacePicker />
        </Hideable>
        <span className={css.note}>Methods are hidden until the names are revealed</span>
      </div>
    );
  return (
    <div className={css.bar} data-one-more={gradients.length > GRADIENTS.length || undefined}>
      <Hideable control="pace">
        <PacePicker />
      </Hideable>
      <Hideable control="surrogate">
        <Segmented
          label={
            <>
              <Term id="surrogate" label>
                Surrogate
              </Term>
              {comparing && <ForLanes field="surrogate" />}
            </>
          }
          value={surrogate}
          options={SURROGATES}
          onChange={(value) => void actions.set({ surrogate: value })}
          disabled={noSurrogate}
        />
      </Hideable>
      <Hideable control="gradient">
        <div className={css.joined}>
          <Segmented
            label={
              <>
                <Term id="gradient" label>
                  Gradient
                </Term>
                {comparing && <ForLanes field="gradient" />}
              </>
            }
            value={gradient}
            options={gradients}
            spelled={spelled}
            onChange={(value) => void change({ gradient: value })}
          />
          <BeyondPaper />
        </div>
      </Hideable>
      <Hideable control="scope">
        <Segmented
          label={
            <>
              <Term id="direction" label>
                Perturbation
              </Term>
              {comparing && <ForLanes field="scope" />}
            </>
          }
          value={scope}
          options={SCOPES}
          spelled={spelled}
          onChange={(value) => void change({ scope: value })}
          disabled={noScope}
        />
      </Hideable>
      <Hideable control="directions">
        <DirectionsStepper />
      </Hideable>
      <Hideable control="localLosses">
        <Toggle
          label={
            <>
              <Term id="localLosses" label>
                Local losses
              </Term>
              {comparing && <ForLanes field="localLosses" />}
            </>
          }
          text="LL"
          on={localLosses}
          disabled={noLocalLosses}
          hint="Adds a loss at every hidden depth"
          onChange={(on) => void actions.set({ localLosses: on })}
        />
      </Hideable>
      <Hideable control="more">
        <MoreButton />
      </Hideable>
    </div>
  );
}
