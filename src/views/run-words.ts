import type { MethodChange } from '../state/lane-store.ts';
import { type Config, FIELDS, type FieldName, formatField, methodName } from '../training/config.ts';
import { type Difference, methodStretches, type PaperStanding, type RunLog } from '../training/paper.ts';
import { formatCount, formatError } from './format.ts';

/** “SG-BP”, or “SG-BP → SG-RFG-L since 5,000” of a run that changed its method; only the last change is dated. */
export function runName(log: RunLog): string {
  const since = sinceStep(log);
  return since === undefined ? methodPath(log) : `${methodPath(log)} since ${formatCount(since)}`;
}

/** “SG-BP → SG-RFG-L”; of more than two stretches the first and the last. */
export function methodPath(log: RunLog, nameOf: (config: Config) => string = methodName): string {
  const methods = log.map(({ config }) => nameOf(config)).filter((name, i, all) => name !== all[i - 1]);
  const last = methods[methods.length - 1];
  if (methods.length === 1) return last;
  return [methods[0], ...(methods.length > 2 ? ['…'] : []), last].join(' → ');
}

/** Step of the last change of the method; undefined where there was none. */
export function sinceStep(log: RunLog): number | undefined {
  const stretches = methodStretches(log);
  return stretches.length > 1 ? stretches[stretches.length - 1].step : undefined;
}

/** What a change in mid-run made of the run, as short as can be: the new method, or the settings that were changed. */
export function changeName({ method, before, config, fields }: MethodChange): string {
  if (method !== before) return method;
  if (fields.length === 0) return 'moments reset';
  if (fields.length > 2) return `${fields.length} settings`;
  return fields.map((field) => settingName(field, config[field])).join(', ');
}

/** The same, with the method until then: “SG-BP → SG-RFG-L”. */
export const changePath = (change: MethodChange) =>
  change.method === change.before ? changeName(change) : `${change.before} → ${change.method}`;

/** “SG-RFG-L from step 5,000 on.” */
export const changeSentence = (change: MethodChange) =>
  `${changeName(change)} from step ${formatCount(change.step)} on.`;

/** “Learning rate η 0.02”. */
export const settingName = (field: FieldName, value: unknown) =>
  `${FIELDS[field].label} ${formatField(field, value as never)}`;

/** “Time steps T 8 (paper: 32)”, “Learning rate η 0.1 (left open by the paper; our default: 0.02)”. */
function describeDifference({ field, stated, expected, ours }: Difference): string {
  const whose = stated ? 'paper:' : 'left open by the paper; our default:';
  return `${settingName(field, ours)} (${whose} ${formatField(field, expected as never)})`;
}

/** Why no figure of the paper stands beside a run, one reason each. */
export function whyNoFigure(standing: PaperStanding): string[] {
  if (standing.kind !== 'differs') return [];
  const { differences, changed } = standing;
  return [
    ...differences.map(describeDifference),
    ...(changed.length > 0
      ? [
          `changed in mid-run, at ${changed.length === 1 ? 'step' : 'steps'} ${changed.map(formatCount).join(', ')}`,
        ]
      : []),
  ];
}

export const NOT_IN_PAPER = 'This experiment is not in the paper';

/** The paper's figure for a run, or why there is none, in a sentence without its stop. */
export function paperSentence(standing: PaperStanding): string {
  if (standing.kind === 'unreported')
    return standing.otherExperiment ? 'the experiment is not in the paper' : 'the paper reports no figure';
  if (standing.kind === 'holds') return `the paper reports ${formatError(standing.figure)}`;
  return `the paper’s setting differs: ${whyNoFigure(standing).join('; ')}`;
}
