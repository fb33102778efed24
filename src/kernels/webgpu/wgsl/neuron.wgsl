// The neuron's equations, each for one neuron and time step: see src/snn/neuron.ts. U⁺ is U after the reset.

/// Kinds of reset: by subtraction of ϑ where not to zero.
const ZERO = 1u;

struct Neuron { leak: f32, threshold: f32 }

/// Constants of a neuron's synapse: see src/snn/synapse.ts.
const RESPONSE = 2u;
struct Kernel { decay: f32, height: f32, before: f32, leak: f32, delay: u32 }

fn kernel_of(layer: Layer, j: u32) -> Kernel {
  let at = kernels_at() + (layer.kernels + j) * 5u;
  return Kernel(
    bitcast<f32>(plan[at]), bitcast<f32>(plan[at + 1u]), bitcast<f32>(plan[at + 2u]), bitcast<f32>(plan[at + 3u]), plan[at + 4u],
  );
}

fn neuron_of(run: Run, layer: Layer, j: u32) -> Neuron {
  if (!has_synapse(layer)) { return Neuron(setting(run, LEAK), setting(run, THRESHOLD)); }
  return Neuron(kernel_of(layer, j).leak, setting(run, THRESHOLD));
}

fn has_synapse(layer: Layer) -> bool {
  return SYNAPSES && factor_of(layer.factor).synapse != 0u;
}

/// Whether biases charge membranes past the synapse.
fn passes_by(layer: Layer) -> bool {
  return SYNAPSES && factor_of(layer.factor).synapse == RESPONSE;
}

/// I[t] = α I[t-1] + g Z[t-d].
fn synaptic(k: Kernel, last: f32, sent: f32) -> f32 {
  return k.decay * last + k.height * sent;
}

/// What of the bias of an SRM neuron charges its membrane at a time step.
fn bias_share(k: Kernel, t: u32) -> f32 {
  return select(1.0 - k.before, 1.0, t == 0u);
}

/// Time step at which a row is read.
fn read_step(run: Run, factor: Factor, row: u32) -> u32 {
  if (!READ_ANYWHEN || factor.readAnywhen == 0u) { return time_steps() - 1u; }
  return u32(data[factor.readAt + data_row(run, factor, row)]);
}

/// Where ω of a row begins in the plan.
fn weights_of(run: Run, factor: Factor, row: u32) -> u32 {
  return time_weights_at() + factor.timeWeights + factor.readAnywhen * read_step(run, factor, row) * time_steps();
}

/// ω[t] of what is summed over time, and what makes a mean of the sum where ω is left to the end.
fn weight_of(m: u32, weights: u32, t: u32) -> f32 {
  if (FILTERED && factor_of(m).filtered == 1u) { return bitcast<f32>(plan[weights + t]); }
  return 1.0;
}

fn mean_of(m: u32, sum: f32) -> f32 {
  if (FILTERED && factor_of(m).filtered == 1u) { return sum; }
  return sum / f32(time_steps());
}

/// U[t] = λ U⁺[t-1] + Z[t], and in the same way U̇[t] from U̇⁺[t-1] and Ż[t].
fn charged(n: Neuron, after: f32, current: f32) -> f32 {
  return n.leak * after + current;
}

/// U - ϑ: the neuron spikes where this is not negative, and the surrogate is taken here.
fn distance_of(n: Neuron, membrane: f32) -> f32 {
  return membrane - n.threshold;
}

/// U⁺[t] from U[t] and S[t].
fn after_reset(n: Neuron, membrane: f32, spike: f32) -> f32 {
  if (RESET == ZERO) { return select(membrane, 0.0, spike > 0.0); }
  return membrane - spike * n.threshold;
}

/// U̇⁺[t] from U̇[t], or the adjoint of U[t] from that of U⁺[t]: the S of the reset is held fixed.
fn through_reset(value: f32, spike: bool) -> f32 {
  if (RESET == ZERO) { return select(value, 0.0, spike); }
  return value;
}

/// Ū[t] = λ Ū[t+1] + f(U[t] - ϑ) S̄[t], without the first term where a reset to zero lies between.
fn adjoint_of(n: Neuron, later: f32, spike: bool, surrogate: f32, spike_adjoint: f32) -> f32 {
  return n.leak * through_reset(later, spike) + surrogate * spike_adjoint;
}
