import type { ExperimentName } from '../../src/training/config.ts';

/** A file of docs/results and the command that computes it. */
export interface KeptTable {
  /** Name of the file, without its folder and its ending. */
  readonly file: string;
  /** Options of `npm run reproduce`, without --out. */
  readonly options: string;
  /** The experiment in whose table of equal cost its runs stand, and in no other. */
  readonly equal?: ExperimentName;
  /** The experiment in whose table of starts its runs stand, and in no other. */
  readonly start?: ExperimentName;
  /** The experiment in whose table of read windows its runs stand, and in no other. */
  readonly read?: ExperimentName;
}

const HAT = '--experiment hat --seeds 21..25';
const POISSON = '--experiment poisson --seeds 21..25 --vary-data';
const FORECAST = '--experiment forecast --seeds 21..25 --vary-data --recipe live';
const REACTION = '--experiment reaction-diffusion --seeds 21..25 --vary-data';
/** The rows of the paper's table and plain weight perturbation; where runs start from the paper's settings, baselines too. */
const ALL = '--methods all,WP-G,WP-L,baselines';
const LIVE = '--methods all,WP-G,WP-L';
const THREE = '--methods SG-BP,SG-RFG-L,SG-RFG-G';

const table = (file: string, ...options: string[]): KeptTable => ({ file, options: options.join(' ') });

/** One method with the settings that were best for what twenty thousand steps of back-propagation cost, or five thousand on the hat. */
const equal = (experiment: ExperimentName, common: string, method: string, settings = ''): KeptTable => ({
  ...table(
    `${experiment}-equal-${method}`,
    common,
    `--recipe live --methods ${method}`,
    ...(settings ? [settings] : []),
  ),
  equal: experiment,
});

/** Runs that start otherwise, or in another network. */
const start = (name: string, methods: string, settings: string): KeptTable => ({
  ...table(`forecast-${name}`, FORECAST, `--methods ${methods}`, settings),
  start: 'forecast',
});

/** Windows that are read, while they are learned from, at their ends or at any sample. */
const read = (time: 'end' | 'each'): KeptTable => ({
  ...table(`forecast-read-${time}`, FORECAST, '--methods SG-BP,WP-A,S-SWIM', `--set readTime=${time}`),
  read: 'forecast',
});

/** Every result that this project keeps: `npm run results` computes what is missing of it. */
export const KEPT: readonly KeptTable[] = [
  table('hat-paper', HAT, '--recipe paper', ALL, '--weights'),
  table('hat-live', HAT, '--recipe live', LIVE),
  table('hat-beyond', HAT, '--recipe live --methods SG-RFG-A,WSG-RFG-A,SG-RFG-G-flipout,SG-RFG-L-flipout'),
  table('hat-forward', HAT, '--recipe live --methods WP-A'),
  equal('hat', HAT, 'SG-BP'),
  equal('hat', HAT, 'WP-A', '--set steps=6058'),
  equal('hat', HAT, 'SG-RFG-A', '--set steps=4463'),
  equal('hat', HAT, 'SG-RFG-L-flipout', '--set K=4 --set steps=3662'),
  equal('hat', HAT, 'SG-RFG-L', '--set K=2 --set rate=0.003 --set steps=6323'),
  equal('hat', HAT, 'SG-RFG-G-flipout', '--set K=2 --set steps=6488'),
  equal('hat', HAT, 'SG-RFG-G', '--set K=2 --set steps=6612'),
  table('hat-beyond-methods', HAT, '--recipe live --methods RF,ANN'),

  table('poisson-hard', POISSON, '--recipe paper', ALL, '--weights'),
  table('poisson-soft', POISSON, '--recipe paper', ALL, '--set boundary=soft'),
  table('poisson-beyond', POISSON, '--recipe live --methods SG-RFG-A,SG-RFG-L-flipout,SG-RFG-G-flipout'),
  table('poisson-forward', POISSON, '--recipe live --methods WP-A'),
  equal('poisson', POISSON, 'SG-BP'),
  equal('poisson', POISSON, 'WP-A', '--set steps=35299'),
  equal('poisson', POISSON, 'SG-RFG-A', '--set steps=19974'),
  equal('poisson', POISSON, 'SG-RFG-L-flipout', '--set K=8 --set rate=0.006 --set steps=7771'),
  equal('poisson', POISSON, 'SG-RFG-G-flipout', '--set K=4 --set rate=0.003 --set steps=11810'),
  equal('poisson', POISSON, 'SG-RFG-L', '--set K=4 --set rate=0.008 --set steps=11693'),
  equal('poisson', POISSON, 'SG-RFG-G', '--set K=4 --set rate=0.004 --set steps=12392'),
  table('poisson-beyond-methods', POISSON, '--recipe live --methods RF,ANN'),
  table('poisson-no-scale', POISSON, '--recipe paper', THREE, '--set perFunctionScale=false'),
  table('poisson-length-0.2', POISSON, '--recipe paper', THREE, '--set lengthScale=0.2'),
  table('poisson-length-1', POISSON, '--recipe paper', THREE, '--set lengthScale=1'),
  table(
    'poisson-iid',
    POISSON,
    '--recipe paper --methods SG-RFG-L,SG-RFG-G',
    '--set law=rademacher --set hold=1',
  ),

  table('reaction-diffusion', REACTION, '--recipe paper', ALL, '--weights'),
  table('reaction-diffusion-soft', REACTION, '--recipe paper', ALL, '--set boundary=soft'),
  table('reaction-diffusion-live', REACTION, '--recipe live', LIVE),
  table('reaction-diffusion-beyond', REACTION, '--recipe live --methods SG-RFG-A'),
  table('reaction-diffusion-forward', REACTION, '--recipe live --methods WP-A'),
  equal('reaction-diffusion', REACTION, 'SG-BP', '--set steps=20000'),
  equal('reaction-diffusion', REACTION, 'WP-A', '--set steps=29496'),
  equal('reaction-diffusion', REACTION, 'SG-RFG-A', '--set steps=19980'),
  equal('reaction-diffusion', REACTION, 'SG-RFG-L-flipout', '--set K=8 --set rate=0.012 --set steps=9140'),
  equal('reaction-diffusion', REACTION, 'SG-RFG-G-flipout', '--set K=8 --set rate=0.009 --set steps=9173'),
  equal('reaction-diffusion', REACTION, 'SG-RFG-L', '--set K=1 --set rate=0.006 --set steps=17883'),
  equal('reaction-diffusion', REACTION, 'SG-RFG-G', '--set K=1 --set rate=0.006 --set steps=21008'),
  table('reaction-diffusion-beyond-methods', REACTION, '--recipe live --methods RF,ANN'),

  table(
    'forecast',
    FORECAST,
    '--methods SG-BP,SG-RFG-L,SG-RFG-A,WP-A,RF,S-SWIM,nothing-learned,autoregression,least-squares',
  ),
  start('uniform', 'SG-BP,SG-RFG-A,RF', '--set init=uniform'),
  start('pairs', 'SG-BP,SG-RFG-A', '--set init=data'),
  start('uniform-fitted', 'SG-BP,SG-RFG-A', '--set init=uniform --set fitted=true'),
  start('pairs-fitted', 'SG-BP,SG-RFG-A', '--set init=data --set fitted=true'),
  start('narrow', 'SG-BP', '--set hidden=127/63 --set rank=8 --set centring=true'),
  start('pairs-fitted-slow', 'SG-BP', '--set init=data --set fitted=true --set rate=0.0001 --set steps=1500'),
  start('deep', 'RF,S-SWIM', '--set hidden=128-128/64'),
  start('deep-uniform', 'RF', '--set hidden=128-128/64 --set init=uniform'),
  start('lif', 'SG-BP,RF,S-SWIM', '--set neuron=LIF --set leak=0.9'),
  start('cuba', 'SG-BP,RF,S-SWIM', '--set neuron=CuBa'),
  read('end'),
  read('each'),
];
