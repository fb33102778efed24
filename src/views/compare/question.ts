import { type Config, methodName } from '../../training/config.ts';

const perturbs = ({ gradient }: Config) => gradient === 'RFG' || gradient === 'WP';

/** What can be asked of blind lanes, and which lane would be the answer. */
const QUESTIONS: readonly (readonly [question: string, answers: (config: Config) => boolean])[] = [
  ['Which one is back-propagation?', ({ gradient }) => gradient === 'BP'],
  ['Which one has no derivative at all?', ({ gradient }) => gradient === 'WP'],
  ['Which one was trained without spikes?', ({ gradient }) => gradient === 'ANN'],
  ['Which one never trains its hidden weights?', ({ gradient }) => gradient === 'RF'],
  ['Which one perturbs layer by layer?', (config) => perturbs(config) && config.scope === 'L'],
  ['Which one perturbs all layers at once?', (config) => perturbs(config) && config.scope === 'G'],
  [
    'Which one estimates its surrogate from samples?',
    ({ gradient, surrogate }) => (gradient === 'BP' || gradient === 'RFG') && surrogate === 'WSG',
  ],
];

/** The first question that exactly one lane answers, if there is one. */
export function questionFor(configs: readonly Config[]): string {
  const several = new Set(configs.map(methodName)).size > 1;
  const match = QUESTIONS.find(([, answers]) => configs.filter(answers).length === 1);
  return several && match ? match[0] : 'What do they do differently?';
}
