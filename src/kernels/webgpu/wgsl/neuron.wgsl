// The neuron's equations, each for one neuron and time step: see src/snn/neuron.ts. U⁺ is U after the reset.

/// Kinds of reset: by subtraction of ϑ where not to zero.
const ZERO = 1u;

struct Neuron { leak: f32, threshold: f32 }

fn neuron_of(run: Run) -> Neuron {
  return Neuron(setting(run, LEAK), setting(run, THRESHOLD));
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
