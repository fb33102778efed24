// Stage 3 of flipout and activity perturbation: every row has directional derivatives of its own, and each adds its own part
// to the gradient.

/// Σ over the heads of ⟨p̄, ṗ⟩ for every row of every factor (y) and each of its tangents.
@compute @workgroup_size(THREADS)
fn row_derivatives(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let run = run_of(id.z, count.z);
  let factor = factor_of(id.y);
  for (var at = id.x * THREADS + thread; at < factor.rows * factor.rowSlots; at += count.x * THREADS) {
    let row = at / factor.rowSlots;
    let slot = at % factor.rowSlots;
    let begins = slot / direction_count();
    var sum = 0.0;
    for (var head = 0u; head < head_count(); head++) {
      let place = projection_of(head, id.y);
      var tangent = slot;
      if (LAYERWISE) {
        // Behind the hidden layers' derivatives stand those of the projecting layers, head by head.
        let own = begins >= factor.depths;
        if (own && begins - factor.depths != head) { continue; }
        if (own) { tangent = factor.depths * direction_count() + slot % direction_count(); }
        if (!own && begins > layer_of(place.layer).depth) { continue; }
      }
      let rank = head_rank(head);
      for (var i = 0u; i < rank; i++) {
        let n = row * rank + i;
        sum += work[run.work + place.adjoints + n] * work[run.work + place.tangents + n * factor.slots + tangent];
      }
    }
    // What is averaged has one tangent, in place of the first direction.
    let averaged = AVERAGED && begins + 1u == factor.depths && slot % direction_count() > 0u;
    work[run.work + factor.rowDerivatives + at] = select(sum, 0.0, averaged);
  }
}

fn factor_at_rows(block: u32) -> u32 {
  var m = FACTORS - 1u;
  while (m > 0u && block < factor_of(m).reverse) { m--; }
  return m;
}

/// The gradient of a block of rows.
@compute @workgroup_size(THREADS)
fn row_gradient(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let run = run_of(id.z, count.z);
  let m = factor_at_rows(id.x);
  let factor = factor_of(m);
  let each = (factor.rows + factor.reverseBlocks - 1u) / factor.reverseBlocks;
  let first = (id.x - factor.reverse) * each;
  let rows = Rows(id.x, first, min(first + each, factor.rows));
  for (var index = 0u; index < layer_count(); index++) {
    let layer = layer_of(index);
    if (layer.factor != m) { continue; }
    let weights = layer.inputs * layer.outputs;
    for (var n = thread; n < weights + layer.outputs; n += THREADS) {
      let bias = n >= weights;
      let j = select(n / layer.inputs, n - weights, bias);
      let i = n % layer.inputs;
      var sum = 0.0;
      if (PERTURBATION == FLIPOUT) {
        sum = flipped(layer, rows, run, n, j, i, bias);
      } else if (layer.role == HIDDEN) {
        sum = perturbed(layer, rows, run, j, i, bias);
      } else {
        sum = over_rates(layer, rows, run, j, i, bias);
      }
      work[run.work + gradient_partials_at() + rows.block * parameters() + layer.weights + n] = sum;
    }
  }
}

/// Flipout: Σ_k Σ_rows c D r sᵀ / (K s_l²).
fn flipped(layer: Layer, rows: Rows, run: Run, n: u32, j: u32, i: u32, bias: bool) -> f32 {
  let factor = factor_of(layer.factor);
  var slot = 0u;
  if (LAYERWISE) {
    slot = layer.depth;
    for (var head = 0u; head < head_count() && layer.role != HIDDEN; head++) {
      if (projection_of(head, layer.factor).layer == layer.index) { slot = factor.depths + head; }
    }
  }
  let derivatives = run.work + factor.rowDerivatives + slot * direction_count();
  var sum = 0.0;
  for (var k = 0u; k < direction_count(); k++) {
    var along = 0.0;
    for (var row = rows.first; row < rows.end; row++) {
      let own = row_numbers(run, layer, k, row);
      let sign = select(directions[own + layer.outputs + i], 1.0, bias);
      along += work[derivatives + row * factor.rowSlots + k] * directions[own + j] * sign;
    }
    sum += along * directions[direction_at(run, k) + layer.weights + n];
  }
  return sum * setting(run, LAYER_SETTINGS + 2u * layer.index + 1u);
}

/// Activity: Σ_k Σ_rows c ξ xᵀ / K, or the mean of c ξ xᵀ over all ξ, x being the mean over time of inputs or of the spikes below.
fn perturbed(layer: Layer, rows: Rows, run: Run, j: u32, i: u32, bias: bool) -> f32 {
  let factor = factor_of(layer.factor);
  let derivatives = run.work + factor.rowDerivatives + layer.depth * direction_count();
  var sum = 0.0;
  for (var row = rows.first; row < rows.end; row++) {
    var current = 0.0;
    if (AVERAGED && layer.depth + 1u == factor.depths) {
      current = work[run.work + factor.moved + row * layer.outputs + j];
      if (DERIVATION == FORWARD) { current *= rate_slope(layer, row, j, run); }
    } else {
      for (var k = 0u; k < direction_count(); k++) {
        current += work[derivatives + row * factor.rowSlots + k] * directions[row_numbers(run, layer, k, row) + j];
      }
    }
    var source = 1.0;
    if (!bias && layer.depth == 0u) { source = input_mean(run, factor, row, layer.inputs, i); }
    if (!bias && layer.depth > 0u) {
      let below = layer_of(hidden_of(layer.factor * MAX_DEPTHS + layer.depth - 1u));
      source = work[run.work + factor.rates + row * factor.neurons + below.neuron + i];
    }
    sum += current * source;
  }
  return sum * setting(run, LAYER_SETTINGS + 2u * layer.index + 1u);
}

fn input_mean(run: Run, factor: Factor, row: u32, inputs: u32, i: u32) -> f32 {
  if (factor.sequence == 1u) { return work[run.work + factor.means + row * inputs + i]; }
  return data[factor.data + data_row(run, factor, row) * factor.width + i];
}

/// ∂L/∂r of neuron j of a factor's last hidden layer in one row: Σ over the heads that read it of Wᵀ p̄.
fn rate_slope(layer: Layer, row: u32, j: u32, run: Run) -> f32 {
  var sum = 0.0;
  for (var head = 0u; head < head_count(); head++) {
    let place = projection_of(head, layer.factor);
    let reader = layer_of(place.layer);
    if (reader.depth != layer.depth) { continue; }
    for (var i = 0u; i < reader.outputs; i++) {
      let adjoint = work[run.work + place.adjoints + row * reader.outputs + i];
      sum += adjoint * state[run.state + reader.weights + i * reader.inputs + j];
    }
  }
  return sum;
}
