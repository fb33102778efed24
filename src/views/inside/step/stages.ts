import { viewOf } from '../../methods/all.ts';
import type { Stage, StageContext } from './stage.ts';

/** The five stages of a training step under the method of its configuration; none where it takes no gradient. */
export const stagesOf = (context: StageContext): readonly Stage[] => viewOf(context.config).stages(context);
