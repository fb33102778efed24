import { FIELDS } from '../training/config.ts';
import { Segmented } from '../ui/Segmented.tsx';
import { CompareMenu } from '../views/compare/CompareMenu.tsx';
import { useApp, usePlayground } from '../views/context.ts';
import { WORDS } from '../views/experiments/all.ts';
import { InsideMenu } from '../views/inside/frame/InsideMenu.tsx';
import { Hideable } from '../views/share/Hideable.tsx';
import { ShareButton } from '../views/share/ShareButton.tsx';
import { EngineBadge } from './EngineBadge.tsx';
import css from './Header.module.css';
import { HelpButton } from './HelpButton.tsx';
import { LearnButton } from './LearnButton.tsx';
import { PanelChooser } from './on-demand.tsx';
import { ThemeToggle } from './ThemeToggle.tsx';

const EXPERIMENTS = FIELDS.experiment.choices!.map((value) => ({
  value,
  label: WORDS[value].title,
  hint: WORDS[value].hint,
}));

/** Name of the page, experiment, engine, theme and help. */
export function Header() {
  const { actions } = usePlayground();
  const experiment = useApp((state) => state.config.experiment);
  const presenting = useApp(({ presentation }) => presentation.view === 'presenter');
  return (
    <header className={css.header}>
      <h1 className={css.name}>Spiking Playground</h1>
      <div className={css.subjects}>
        <LearnButton />
        <Hideable control="experiment">
          <Segmented
            label="Experiment"
            bare
            value={experiment}
            options={EXPERIMENTS}
            onChange={(value) => void actions.set({ experiment: value })}
          />
        </Hideable>
        <Hideable control="inside">
          <InsideMenu />
        </Hideable>
        <Hideable control="compare">
          <CompareMenu />
        </Hideable>
        {presenting && <PanelChooser />}
      </div>
      <div className={css.tools}>
        <Hideable control="engine">
          <EngineBadge />
        </Hideable>
        <ShareButton />
        <Hideable control="theme">
          <ThemeToggle />
        </Hideable>
        <Hideable control="help">
          <HelpButton />
        </Hideable>
      </div>
    </header>
  );
}
