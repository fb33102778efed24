import { methodId } from '../../../methods/index.ts';
import { type MethodFields, methodOf } from '../../../training/config.ts';
import type { Step, Steps } from './step.ts';

const FILES = import.meta.glob<Steps>(['./*.ts', '!./all.ts', '!./step.ts', '!./*.test.ts'], {
  eager: true,
  import: 'steps',
});
const STEPS: Steps = Object.assign({}, ...Object.values(FILES));

export const stepOf = (config: MethodFields): Step => STEPS[methodId(methodOf(config))];
