// Stage 3 of BP: the scan back through time,  Ū[t] = λ Ū[t+1] + f(U[t] - ϑ) S̄[t]  with  S̄[t] = ∂L/∂r̄ / T + W_nextᵀ Ū_next[t],
// and the gradient  Σ Ū[t] S_prev[t]ᵀ  of a block of rows. Ū takes the place of f in the history.

/// Ū of the layer above, in two halves by turns.
var<workgroup> above: array<f32, 2u * ROWS * WIDTH>;

fn factor_at_reverse(block: u32) -> u32 {
  var m = FACTORS - 1u;
  while (m > 0u && block < factor_of(m).reverse) { m--; }
  return m;
}

@compute @workgroup_size(SIMULATION_THREADS)
fn reverse(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let run = run_of(id.z, count.z);
  let m = factor_at_reverse(id.x);
  let factor = factor_of(m);
  let begin = (id.x - factor.reverse) * ROWS;
  for (var first = begin; first < factor.rows; first += factor.reverseBlocks * ROWS) {
    storageBarrier();
    workgroupBarrier();
    scan_back(m, first, run, thread);
    storageBarrier();
    workgroupBarrier();
    let rows = min(ROWS, factor.rows - first);
    for (var layer = 0u; layer < layer_count(); layer++) {
      if (layer_of(layer).factor == m) { gather_layer(layer_of(layer), id.x, first, rows, first > begin, run, thread); }
    }
  }
}

fn scan_back(m: u32, first: u32, run: Run, thread: u32) {
  let factor = factor_of(m);
  let lane = thread % LANES;
  let slot = thread / LANES;
  let row = min(first + slot, factor.rows - 1u);
  let valid = first + slot < factor.rows;
  let leak = setting(run, LEAK);
  var rate_adjoint: array<f32, MAX_DEPTHS * PER_LANE>;
  var adjoint: array<f32, MAX_DEPTHS * PER_LANE>;
  var sums: array<f32, MAX_DEPTHS * PER_LANE>;
  for (var at = 0u; at < MAX_DEPTHS * PER_LANE; at++) {
    rate_adjoint[at] = 0.0;
    adjoint[at] = 0.0;
    sums[at] = 0.0;
  }

  for (var head = 0u; head < head_count(); head++) {
    let place = projection_of(head, m);
    let layer = layer_of(place.layer);
    for (var s = 0u; s < PER_LANE; s++) {
      let j = lane + s * LANES;
      if (j >= layer.inputs) { continue; }
      var sum = 0.0;
      for (var i = 0u; i < layer.outputs; i++) {
        let weight = state[run.state + layer.weights + i * layer.inputs + j];
        sum += weight * work[run.work + place.adjoints + row * layer.outputs + i];
      }
      rate_adjoint[layer.depth * PER_LANE + s] += sum / f32(time_steps());
    }
  }

  var half = 0u;
  for (var back = 0u; back < time_steps(); back++) {
    let t = time_steps() - 1u - back;
    for (var down = 0u; down < factor.depths; down++) {
      let depth = factor.depths - 1u - down;
      let layer = layer_of(hidden_of(m * MAX_DEPTHS + depth));
      let read = (half * ROWS + slot) * WIDTH;
      for (var s = 0u; s < PER_LANE; s++) {
        let j = lane + s * LANES;
        if (j >= layer.outputs) { continue; }
        let at = depth * PER_LANE + s;
        var spike_adjoint = rate_adjoint[at];
        if (down > 0u) {
          let next = layer_of(hidden_of(m * MAX_DEPTHS + depth + 1u));
          for (var i = 0u; i < next.outputs; i++) {
            spike_adjoint += state[run.state + next.weights + i * next.inputs + j] * above[read + i];
          }
        }
        let kept = run.history + factor.values + (row * time_steps() + t) * factor.neurons + layer.neuron + j;
        let value = leak * adjoint[at] + bitcast<f32>(history[kept]) * spike_adjoint;
        adjoint[at] = value;
        sums[at] += value;
        above[((1u - half) * ROWS + slot) * WIDTH + j] = value;
        if (valid && depth > 0u) { history[kept] = bitcast<u32>(value); }
      }
      if (depth > 0u) {
        workgroupBarrier();
        half = 1u - half;
      }
    }
  }

  for (var depth = 0u; depth < factor.depths; depth++) {
    let layer = layer_of(hidden_of(m * MAX_DEPTHS + depth));
    for (var s = 0u; s < PER_LANE; s++) {
      let j = lane + s * LANES;
      if (j >= layer.outputs || !valid) { continue; }
      work[run.work + factor.sums + row * factor.neurons + layer.neuron + j] = sums[depth * PER_LANE + s];
    }
  }
}

/// Adds what rows first … first + rows - 1 give to one layer's gradient.
fn gather_layer(layer: Layer, block: u32, first: u32, rows: u32, add: bool, run: Run, thread: u32) {
  let size = (layer.inputs + 1u) * layer.outputs;
  for (var n = thread; n < size; n += SIMULATION_THREADS) {
    let at = run.work + gradient_partials_at() + block * parameters() + layer.weights + n;
    var sum = 0.0;
    if (add) { sum = work[at]; }
    for (var row = first; row < first + rows; row++) { sum += share(layer, n, row, run); }
    work[at] = sum;
  }
}

/// ∂L/∂(parameter n of a layer) from one row: weights row by row, then biases.
fn share(layer: Layer, n: u32, row: u32, run: Run) -> f32 {
  let factor = factor_of(layer.factor);
  let bias = n >= layer.inputs * layer.outputs;
  let j = select(n / layer.inputs, n - layer.inputs * layer.outputs, bias);
  let i = n % layer.inputs;
  if (layer.role != HIDDEN) {
    var adjoint = 0.0;
    for (var head = 0u; head < head_count(); head++) {
      let place = projection_of(head, layer.factor);
      if (place.layer == layer.index) { adjoint = work[run.work + place.adjoints + row * layer.outputs + j]; }
    }
    if (bias) { return adjoint; }
    let below = layer_of(hidden_of(layer.factor * MAX_DEPTHS + layer.depth));
    let rate = work[run.work + factor.rates + row * factor.neurons + below.neuron + i];
    return adjoint * (rate - setting(run, CENTRE));
  }
  let over_time = work[run.work + factor.sums + row * factor.neurons + layer.neuron + j];
  if (bias) { return over_time; }
  if (layer.depth == 0u) { return over_time * data[factor.data + data_row(run, factor, row) * factor.inputs + i]; }

  let below = layer_of(hidden_of(layer.factor * MAX_DEPTHS + layer.depth - 1u));
  let masks = run.history + factor.masks + (row * factor.neurons + below.neuron + i) * MASK_WORDS;
  let values = run.history + factor.values + row * time_steps() * factor.neurons + layer.neuron + j;
  var sum = 0.0;
  for (var t = 0u; t < time_steps(); t++) {
    let spiked = (history[masks + t / 32u] >> (t % 32u)) & 1u;
    if (spiked == 1u) { sum += bitcast<f32>(history[values + t * factor.neurons]); }
  }
  return sum;
}
