import { type Config, methodName, methodOf, usedByMethod } from '../../training/config.ts';
import { METHOD_WORDS, wordsOf } from '../methods/words/all.ts';

type Question = readonly [question: string, answers: (config: Config) => boolean];

/** What can be asked of blind lanes, and which lane would be the answer: what a method is, then what it has in common with others. */
const QUESTIONS: readonly Question[] = [
  ...[...new Set(METHOD_WORDS.flatMap(({ question }) => question ?? []))].map(
    (question): Question => [question, (config) => wordsOf(config).question === question],
  ),
  [
    'Which one perturbs every sample’s own currents?',
    (config) => methodOf(config).perturbation === 'activity',
  ],
  [
    'Which one perturbs layer by layer?',
    (config) => {
      const { layerwise, perturbation } = methodOf(config);
      return usedByMethod('K', config) && layerwise && perturbation !== 'activity';
    },
  ],
  [
    'Which one perturbs all layers at once?',
    (config) => usedByMethod('K', config) && !methodOf(config).layerwise,
  ],
  [
    'Which one estimates its surrogate from samples?',
    (config) => usedByMethod('surrogate', config) && config.surrogate === 'WSG',
  ],
];

/** The first question that exactly one lane answers, if there is one. */
export function questionFor(configs: readonly Config[]): string {
  const several = new Set(configs.map(methodName)).size > 1;
  const match = QUESTIONS.find(([, answers]) => configs.filter(answers).length === 1);
  return several && match ? match[0] : 'What do they do differently?';
}
