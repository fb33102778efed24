import { METHODS, methodId } from '../../methods/index.ts';
import { type MethodFields, methodOf } from '../../training/config.ts';
import type { MethodView, MethodViews } from './method-view.ts';

const FILES = import.meta.glob<MethodViews>(['./*.ts', '!./*.test.ts'], { eager: true, import: 'views' });
const VIEWS: MethodViews = Object.assign({}, ...Object.values(FILES));

/** In the order of the methods. */
export const METHOD_VIEWS: readonly MethodView[] = METHODS.map((method) => VIEWS[methodId(method)]);

export const viewOf = (config: MethodFields): MethodView => VIEWS[methodId(methodOf(config))];
