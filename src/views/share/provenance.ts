import { runHash } from '../../state/link.ts';
import type { Playground } from '../../state/playground.ts';
import { type Config, FIELDS, formatField, isUsed, methodName } from '../../training/config.ts';
import { shownLanes } from '../compare/lane-names.ts';
import { WORDS } from '../experiments/all.ts';
import { formatCount } from '../format.ts';
import { changeName } from '../run-words.ts';
import { pageLink } from './links.ts';

/** What a file says of where its content comes from. */
export interface Provenance {
  readonly title: string;
  /** Experiment, method with its changes, main settings and step, a line each. */
  readonly lines: readonly string[];
  /** Address of the page as it stood. */
  readonly link: string;
}

type Stores = Pick<Playground, 'app' | 'lane'>;

/** Where something saved now comes from. While names are hidden it tells none, as the page does not. */
export function provenanceOf(title: string, { app, lane }: Stores, address = location.href): Provenance {
  const { lanes, comparison } = app.getState();
  const run = lane.getState();
  const link = pageLink(address, runHash(app.getState(), run));
  const experiment = WORDS[run.config.experiment].title;
  if (lanes.length < 2) {
    const note = run.recording ? ' (recorded)' : '';
    return {
      title,
      lines: [
        `${experiment}, ${runMethod(run)}, step ${formatCount(run.step)}${note}`,
        settingsOf(run.config),
      ],
      link,
    };
  }
  const configs = lanes.map((each) => each.getState().config);
  const shown = shownLanes(lanes, configs, comparison);
  const names = shown.map(({ lane: each, letter, name, hidden }) => {
    const state = each.getState();
    const method = hidden ? '' : ` ${state.changes.length > 0 ? `${name} (${runMethod(state)})` : name}`;
    return `${letter}${method} at step ${formatCount(state.step)}`;
  });
  const alike = new Map<string, string[]>();
  for (const { lane: each, letter } of comparison.blind ? [] : shown) {
    const settings = settingsOf(each.getState().config);
    alike.set(settings, [...(alike.get(settings) ?? []), letter]);
  }
  // Lanes may differ in any setting.
  const settings = [...alike].map(([text, letters]) =>
    alike.size === 1 ? text : `${letters.join(', ')}: ${text}`,
  );
  return {
    title,
    lines: [`${experiment}, ${names.join('; ')}`, ...settings],
    link,
  };
}

/** The method and what was changed in mid-run, oldest first: “SG-BP, then SG-RFG-L since step 5,000”. */
export function runMethod({
  config,
  changes,
  step,
}: Pick<ReturnType<Stores['lane']['getState']>, 'config' | 'changes' | 'step'>): string {
  const pastChanges = changes.filter((change) => change.step <= step);
  if (pastChanges.length === 0) return methodName(config);
  return [
    pastChanges[0].before,
    ...pastChanges.map((change) => `then ${changeName(change)} since step ${formatCount(change.step)}`),
  ].join(', ');
}

/** What decides most: “T 32, σ 0.5, hidden 16-16, batch 64, rate 0.02 by adam, seed 1”. */
export function settingsOf(config: Config): string {
  const { T, sigma, hidden, batch, K, rate, optimiser, steps, seed, dataSeed } = config;
  return [
    `T ${T}`,
    `σ ${sigma}`,
    `hidden ${FIELDS.hidden.format(hidden)}`,
    `batch ${formatField('batch', batch)}`,
    ...(isUsed('K', config) ? [`K ${K}`] : []),
    `rate ${rate} by ${optimiser}`,
    `schedule of ${formatCount(steps)} steps`,
    `seed ${seed}`,
    `data seed ${dataSeed}`,
  ].join(', ');
}

/** All of it, a line each, for the head of a text file. */
export function notesOf({ title, lines, link }: Provenance): string[] {
  return [`Spiking Playground: ${title}`, ...lines, link];
}
