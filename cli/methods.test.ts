import { expect, it } from 'vitest';
import { FIELDS, methodName } from '../src/training/config.ts';
import { reportedFigure } from '../src/training/paper.ts';
import { resolveConfig } from '../src/training/presets.ts';
import { parseMethod, parseMethods } from './methods.ts';

it('reads back the name of every method', () => {
  for (const surrogate of FIELDS.surrogate.choices!)
    for (const gradient of FIELDS.gradient.choices!)
      for (const scope of FIELDS.scope.choices!)
        for (const localLosses of [false, true])
          for (const flipout of [false, true]) {
            const name = methodName({ surrogate, gradient, scope, localLosses, flipout });
            if (!(flipout && gradient === 'RFG' && scope === 'A'))
              expect(methodName(resolveConfig({ experiment: 'forecast', ...parseMethod(name) }))).toBe(name);
          }
});

it('pins only what means something', () => {
  expect(parseMethod('WSG-BP-LL')).toEqual({ surrogate: 'WSG', gradient: 'BP', localLosses: true });
  expect(parseMethod('WP-G')).toEqual({ gradient: 'WP', scope: 'G', localLosses: false });
  expect(parseMethod('RF')).toEqual({ gradient: 'RF', localLosses: false });
  expect(parseMethod('ANN-LL')).toEqual({ gradient: 'ANN', localLosses: true });
});

it('knows the estimators beyond the paper, of which it reports nothing', () => {
  expect(parseMethod('SG-RFG-A')).toEqual({
    surrogate: 'SG',
    gradient: 'RFG',
    scope: 'A',
    localLosses: false,
  });
  expect(parseMethod('WSG-RFG-L-flipout')).toMatchObject({ scope: 'L', flipout: true });
  expect(parseMethod('WP-A')).toEqual({ gradient: 'WP', scope: 'A', localLosses: false });
  for (const name of ['SG-RFG-A', 'WP-A', 'SG-RFG-L-flipout'])
    expect(reportedFigure(resolveConfig(parseMethod(name)))).toBeUndefined();
  for (const name of ['WP-A-flipout', 'SG-RFG-A-flipout', 'WP-L-flipout', 'SG-BP-flipout'])
    expect(() => parseMethod(name)).toThrow(/--methods/);
});

it('knows the tables of the paper', () => {
  const figures = parseMethods('all', 'poisson').map((name) =>
    reportedFigure(resolveConfig({ experiment: 'poisson', ...parseMethod(name) })),
  );
  expect(figures).toEqual([0.0246, 0.0241, 0.0264, 0.0244, 0.0422, 0.0412, 0.0347, 0.0359, 0.0431, 0.0446]);
  expect(parseMethods('all', 'hat')).toHaveLength(6);
  expect(parseMethods('all,WP-G,SG-BP', 'hat')).toEqual([...parseMethods('all', 'hat'), 'WP-G']);
  expect(parseMethods('all', 'reaction-diffusion')).toHaveLength(6);
});

it('has the baselines beside the methods, those that the experiment has', () => {
  expect(parseMethods('SG-BP,baselines', 'poisson')).toEqual([
    'SG-BP',
    'nothing-learned',
    'least-squares',
    'tanh-BP',
  ]);
  expect(parseMethods('polynomial', 'hat')).toEqual(['polynomial']);
  expect(() => parseMethods('polynomial', 'poisson')).toThrow(
    /--methods.*polynomial.*nothing-learned, least-squares, tanh-BP of poisson/,
  );
});

it('takes each method of a list once', () => {
  expect(parseMethods('WP-L, SG-BP,WP-L', 'hat')).toEqual(['WP-L', 'SG-BP']);
});
