import { hat } from '../experiments/hat.ts';
import { reactionDiffusion } from '../experiments/reaction-diffusion.ts';
import { OPERATORS } from '../experiments/table.ts';

/** A term or symbol of the page: what a hover explains and the glossary lists. */
export interface TermEntry {
  /** As it stands in a sentence. */
  readonly name: string;
  /** The paper's symbol, where there is one. */
  readonly symbol?: string;
  /** One or two sentences. */
  readonly text: string;
  /** Equation in TeX. */
  readonly tex?: string;
}

/** “g for Poisson, f for reaction–diffusion”: letters of the forcings. */
const SYMBOLS = [...new Set(OPERATORS.map(({ operator }) => operator.symbol))]
  .map((symbol) => {
    const names = OPERATORS.filter(({ operator }) => operator.symbol === symbol).map(({ name }) => name);
    return `${symbol} for ${names.join(' and ')}`;
  })
  .join(', ');

/** Every term and symbol that the page uses, in the order in which they build on each other. */
export const TERMS = {
  spike: {
    name: 'spike',
    symbol: 'S',
    text: 'A neuron’s output at one time step: 1 when its membrane potential reaches the threshold, else 0.',
    tex: 'S^l[t] = H(U^l[t] - \\vartheta)',
  },
  membrane: {
    name: 'membrane potential',
    symbol: 'U',
    text: 'What a neuron adds up over time: its current at every time step, and what is left of the step before. A spike resets it.',
    tex: 'U^l[t] = \\lambda\\, U^l[t-1] + Z^l[t]',
  },
  current: {
    name: 'current',
    symbol: 'Z',
    text: 'Weighted sum of the spikes of the layer before, plus a bias. The first layer gets the real-valued input at every time step.',
    tex: 'Z^l[t] = W^l S^{l-1}[t] + b^l',
  },
  weight: {
    name: 'weight',
    symbol: 'W',
    text: 'Number that a spike is multiplied by on its way to another neuron. Positive ones push that neuron on, negative ones hold it back. Learning changes the weights.',
  },
  threshold: {
    name: 'threshold',
    symbol: 'ϑ',
    text: 'Membrane potential at which a neuron spikes.',
  },
  leak: {
    name: 'leak',
    symbol: 'λ',
    text: 'Share of the membrane potential that is left at the next time step. At 1 nothing leaks: the integrate-and-fire neuron of the paper.',
  },
  reset: {
    name: 'reset',
    text: 'What a spike does to the membrane potential. By subtraction, as in the paper, it takes ϑ off: what was above counts on. To zero, what was above is lost, and the rate falls below Z/ϑ.',
    tex: 'U \\leftarrow U - S\\,\\vartheta \\quad\\text{or}\\quad U \\leftarrow (1 - S)\\,U',
  },
  timeSteps: {
    name: 'time steps',
    symbol: 'T',
    text: 'For how many steps each input is simulated. Mean rates are multiples of 1/T, so T sets how fine the output can be.',
  },
  raster: {
    name: 'raster',
    text: 'Picture of who spiked when: time to the right, one row a neuron, one mark a spike.',
  },
  firingRate: {
    name: 'rate',
    text: 'Share of the time steps in which a neuron spikes: the mean of its spikes over T.',
    tex: '\\bar r = \\tfrac1T \\textstyle\\sum_t S[t]',
  },
  readOut: {
    name: 'read-out',
    symbol: 'y',
    text: 'The last, linear layer: it does not spike but weighs the mean rates of the layer before.',
    tex: 'y = W^{\\rm out}\\, \\tfrac1T \\textstyle\\sum_t S^L[t] + b^{\\rm out}',
  },
  heaviside: {
    name: 'Heaviside step',
    symbol: 'H',
    text: '1 from the threshold on and 0 below. Its derivative is zero almost everywhere, so it cannot pass a gradient by itself.',
    tex: 'H(x) = [x \\ge 0]',
  },
  surrogate: {
    name: 'surrogate derivative',
    symbol: 'f',
    text: 'Stands in for the derivative of the spike when the gradient is computed. The simulation itself keeps its spikes.',
  },
  SG: {
    name: 'surrogate gradient',
    symbol: 'SG',
    text: 'A Gaussian bump around the threshold in place of the derivative of the spike.',
    tex: 'f(x) = \\frac{1}{\\sigma\\sqrt{2\\pi}}\\, e^{-x^2/2\\sigma^2}',
  },
  WSG: {
    name: 'weak-form surrogate gradient',
    symbol: 'WSG',
    text: 'The same Gaussian, estimated from random shifts δ of the membrane potential (Stein’s lemma). Its mean over δ is exactly SG.',
    tex: 'f(x) = \\tfrac1K \\textstyle\\sum_k \\frac{\\delta_k}{\\sigma^2}\\,\\bigl(H(x+\\delta_k) - H(x)\\bigr)',
  },
  sigma: {
    name: 'surrogate width',
    symbol: 'σ',
    text: 'Standard deviation of the surrogate: how far from the threshold a membrane may be and still pass gradient.',
  },
  gradient: {
    name: 'gradient',
    symbol: 'g',
    text: 'For every weight, how the loss changes with it; learning goes the opposite way. Here computed or estimated with the surrogate.',
  },
  BP: {
    name: 'back-propagation',
    symbol: 'BP',
    text: 'Goes back through all layers and time steps with the chain rule. Exact for the surrogate, but it has to store every step: memory grows with T.',
  },
  RFG: {
    name: 'randomized forward-mode gradient',
    symbol: 'RFG',
    text: 'Draws a random direction, computes the derivative along it during the forward simulation and steps along that direction. No backward pass; its mean is the gradient of BP.',
    tex: 'g = (\\nabla L \\cdot \\delta\\theta)\\, \\delta\\theta',
  },
  WP: {
    name: 'weight perturbation',
    symbol: 'WP',
    text: 'Compares the losses of two slightly changed networks, with no derivative and no surrogate. It sees the true loss: flat in most hidden weights, with jumps where spikes come or go that over a batch add up to a slope.',
    tex: 'g = \\frac{L(\\theta+\\varepsilon\\delta) - L(\\theta-\\varepsilon\\delta)}{2\\varepsilon}\\, \\delta',
  },
  RF: {
    name: 'random features without a gradient',
    symbol: 'RF',
    text: 'Beyond the paper: hidden weights are sampled (the hat’s from pairs of data points), the read-out is solved by ridge regression on the spike rates.',
  },
  'S-SWIM': {
    name: 'features from pairs of data, without a gradient',
    symbol: 'S-SWIM',
    text: 'Beyond the paper: each hidden neuron draws a delay and time constants and takes its weights from the difference of two windows of a series; the read-out is solved by ridge regression on filtered spikes.',
    tex: 'W = \\frac{s\\,(b - a)}{\\lVert b - a \\rVert^2}',
  },
  ANN: {
    name: 'training as rates, then spikes',
    symbol: 'ANN',
    text: 'Beyond the paper: the network is trained with a clipped-linear rate in place of each spiking neuron and then run with spikes.',
    tex: 'r = \\mathrm{clip}(z/\\vartheta - \\tfrac{1}{2T},\\, 0,\\, 1)',
  },
  direction: {
    name: 'direction',
    symbol: 'δθ',
    text: 'A random change of all parameters, each +1 or −1 by default, along which the loss is differentiated.',
  },
  directions: {
    name: 'directions',
    symbol: 'K',
    text: 'How many random directions are drawn and averaged in one step. More of them make the estimate quieter and the step dearer.',
  },
  tangent: {
    name: 'tangent',
    text: 'How spikes and membranes would change if the parameters moved along the direction: carried along with the simulation.',
    tex: '\\dot U[t] = \\lambda\\,\\dot U[t-1] + \\dot Z[t]',
  },
  JVP: {
    name: 'Jacobian-vector product',
    symbol: 'JVP',
    text: 'The derivative along one direction, computed forwards together with the value. For the loss it is a single number.',
    tex: '\\nabla L \\cdot \\delta\\theta',
  },
  globalScope: {
    name: 'global perturbation',
    symbol: 'G',
    text: 'One direction over all parameters and one number for it. BP has no such choice.',
  },
  layerScope: {
    name: 'layer-wise perturbation',
    symbol: 'L',
    text: 'Every layer gets a direction and a number of its own, so layers do not disturb each other’s estimate.',
    tex: 'g^l = (\\nabla_{\\theta^l} L \\cdot \\delta\\theta^l)\\, \\delta\\theta^l',
  },
  activityScope: {
    name: 'activity perturbation (beyond the paper)',
    symbol: 'A',
    text: 'Each sample perturbs its own neurons’ currents by ξ and gets a number for each hidden layer; times ξ and the rates below that estimates the weights’ gradient, quietly but in deeper layers with a small bias.',
    tex: 'g_{W^l} = \\textstyle\\sum_n c_n\\, \\xi_n\\, (\\bar r_n^{\\,l-1})^\\top,\\quad c_n = \\xi_n \\cdot \\textstyle\\sum_t \\partial L/\\partial Z_n^l[t]',
  },
  nodePerturbation: {
    name: 'node perturbation (beyond the paper)',
    symbol: 'WP-A',
    text: 'WP under A: a layer’s currents are shifted by ±εξ and each sample’s own change of the loss is observed. No surrogate, tangent or reverse scan; two more simulations for each hidden layer, from it on.',
    tex: 'c_n = \\frac{L(Z_n + \\varepsilon\\,\\xi_n) - L(Z_n - \\varepsilon\\,\\xi_n)}{2\\varepsilon}',
  },
  flipout: {
    name: 'flipout (beyond the paper)',
    text: 'Each sample sees the direction with its own signs for inputs and outputs of every layer and gets its own number: as many directions as samples for the price of one. Unbiased.',
    tex: 'g_W = \\textstyle\\sum_n c_n\\, D \\circ r_n s_n^\\top',
  },
  localLosses: {
    name: 'local losses',
    symbol: 'LL',
    text: 'A loss at every hidden depth, between a learned projection of the layer’s rates and the target, is added to that of the output.',
    tex: 'L = L_{\\rm global} + \\tfrac1N \\textstyle\\sum_n L_n',
  },
  loss: {
    name: 'loss',
    symbol: 'L',
    text: 'Mean squared error of the output on the rows of this step’s batch, before the update.',
  },
  relativeL2: {
    name: 'relative L2 error',
    text: 'Size of the error as a share of the size of the target, over a whole grid; 0 is exact and 1 is as bad as answering zero.',
    tex: '\\lVert y - u\\rVert_2 / \\lVert u\\rVert_2',
  },
  baselines: {
    name: 'baselines',
    text: 'What solves the task from the same data without spikes, often better. Spikes have other merits: they add instead of multiplying, silent neurons cost no energy on event-driven chips, and RFG needs no reverse pass.',
  },
  forwardPassEquivalents: {
    name: 'forward-pass equivalents',
    text: 'Operations counted in one training step, divided by those of one forward simulation of the same batch; lanes side by side share the first lane’s as the unit.',
  },
  batch: {
    name: 'batch',
    symbol: 'B',
    text: 'Inputs drawn for one training step.',
  },
  learningRate: {
    name: 'learning rate',
    symbol: 'η',
    text: 'Length factor of each step against the gradient; it follows a schedule over the run.',
    tex: '\\theta \\leftarrow \\theta - \\eta\\, g(\\theta)',
  },
  parameters: {
    name: 'parameters',
    symbol: 'θ',
    text: 'All weights and biases of the network in one list of length P.',
  },
  probe: {
    name: 'probe',
    text: 'The one input whose spikes and membranes are shown. Press a map to move it.',
  },
  silenced: {
    name: 'silenced neuron',
    text: 'Its spikes reach nobody in what is shown; the training does not notice.',
  },
  seed: {
    name: 'seed',
    text: 'Number from which all random numbers of the run follow: the same seed gives the same run.',
  },
  operator: {
    name: 'operator',
    text: 'Rule that makes a whole function from a whole function, as taking the antiderivative does, or solving an equation.',
  },
  sensors: {
    name: 'sensors',
    text: 'The points at which the branch is told the values of a forcing. What the forcing does between them, it does not see.',
  },
  branch: {
    name: 'branch',
    text: 'Factor of an operator network that sees the input function at its sensors and answers r coefficients.',
  },
  trunk: {
    name: 'trunk',
    text: 'Factor of an operator network that sees where the answer is wanted and gives r functions there.',
    tex: 'u(g)(y) \\approx \\textstyle\\sum_i {\\rm Branch}_i(g)\\, {\\rm Trunk}_i(y)',
  },
  hiddenLayer: {
    name: 'hidden layer',
    text: 'A row of spiking neurons between input and read-out. Its width is the number of its neurons.',
  },
  initialWeights: {
    name: 'initial weights',
    text: 'What the run starts from: random, or random features made from pairs of data points.',
  },
  grid: {
    name: 'grid',
    text: 'Points at which network and target are compared: a coarse grid while it trains, the stated one when it rests.',
  },
  optimiser: {
    name: 'optimiser',
    text: 'How an estimate becomes a step: plain SGD, a step of fixed length, or Adam, which divides by the usual size of each entry.',
    tex: '\\theta \\leftarrow \\theta - \\eta\\, \\hat m / (\\sqrt{\\hat v} + \\epsilon)',
  },
  schedule: {
    name: 'schedule',
    text: 'How the learning rate falls from its first value to its last over the steps of the run.',
  },
  recipe: {
    name: 'recipe',
    text: 'A set of defaults: one learns fast on the screen, the other keeps closest to the paper, with K = 1.',
  },
  target: {
    name: 'target',
    symbol: 'ψ',
    text: 'The function that is to be learned. By default it is the Mexican hat, with s = 0.8.',
    tex: hat.tex,
  },
  table: {
    name: 'your table',
    text: 'One or two columns of inputs and one to be learned, each scaled from its least and greatest value. Some rows are kept for the test error.',
  },
  forcing: {
    name: 'forcing',
    symbol: 'g or f',
    text: `The given function of the equation, ${SYMBOLS}, drawn from a Gaussian random field; its length scale says how smooth it is.`,
    tex: OPERATORS.map(({ tex }) => tex).join(', \\qquad '),
  },
  boundaryFactor: {
    name: 'boundary factor',
    text: `Multiplies the output and vanishes on the boundary, so that the solution is zero there whatever the network says: first for ${OPERATORS.map(({ name }) => name).join(', then for ')}.`,
    tex: OPERATORS.map(({ operator }) => operator.boundaryFactor.tex).join(', \\qquad '),
  },
  perFunctionScale: {
    name: 'per-function scale',
    text: 'The forcing is divided by its own size before the network sees it, and the answer multiplied by it.',
  },
  reactionDiffusion: {
    name: 'reaction and diffusion',
    symbol: 'k, D',
    text: 'Coefficients of the equation: D spreads u along x, k lets it grow with its square.',
    tex: reactionDiffusion.tex,
  },
  operations: {
    name: 'additions and multiplications',
    text: 'Counted from the spikes that occurred: a spike costs one addition for every weight that it is sent through.',
  },
  kept: {
    name: 'memory for the gradient',
    text: 'Bytes that a step keeps until its gradient is known: BP stores every time step, forward mode only the present one.',
  },
  energy: {
    name: 'energy',
    text: 'Operations times what one of each costs on a chip, by figures that can be changed. An estimate, nothing measured.',
  },
  cosine: {
    name: 'cosine',
    text: 'Of the angle between two gradients: 1 when they point the same way, 0 when they have nothing in common.',
  },
  series: {
    name: 'series',
    text: 'A quantity at equal intervals of time. The network reads a window of it and says how it goes on.',
  },
  coding: {
    name: 'coding',
    text: 'What stands for a sample: the sample itself, or spikes whose number, time or channel tells of it.',
  },
  horizon: {
    name: 'horizon',
    symbol: 'τ',
    text: 'How many samples after the last one of its window a forecast is for.',
  },
  synapse: {
    name: 'synapse',
    symbol: 'α',
    text: 'What a current passes before it charges the membrane. Of a current-based neuron it decays by the factor α at each time step; of a spike response neuron it also comes late.',
    tex: 'I[t] = \\alpha\\, I[t-1] + Z[t]',
  },
  delay: {
    name: 'delay',
    symbol: 'd',
    text: 'Time steps that a current is on its way. Neurons with different delays see different moments of the past at once.',
    tex: 'I[t] = \\alpha\\, I[t-1] + (1 - \\alpha)\\, Z[t-d]',
  },
  rank: {
    name: 'rank',
    symbol: 'r',
    text: 'Number of products of branch and trunk that are summed.',
  },
} as const satisfies Record<string, TermEntry>;

export type TermId = keyof typeof TERMS;
export const TERM_IDS = Object.keys(TERMS) as TermId[];

/** The entry of a term, with its optional parts. */
export function termEntry(id: TermId): TermEntry {
  return TERMS[id];
}
