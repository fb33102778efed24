// Stage 3 of reverse mode: the scan back through time,  Ū[t] by the neurons' adjoint with  S̄[t] = ∂L/∂r̄ / T + W_nextᵀ Ū_next[t],
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
    let rows = Rows(id.x, first, min(first + ROWS, factor.rows));
    for (var index = 0u; index < layer_count(); index++) {
      let layer = layer_of(index);
      if (layer.factor == m) { gather_layer(layer, rows, first > begin, run, thread); }
    }
  }
}

/// ∂L/∂I of time step t + d, from that of t: the scan goes back.
fn departed(factor: Factor, run: Run, row: u32, neuron: u32, t: u32, adjoint: f32, delay: u32) -> f32 {
  if (!DELAYS) { return adjoint; }
  let at = run.work + factor.waiting + row * time_steps() * factor.neurons + neuron;
  work[at + t * factor.neurons] = adjoint;
  if (t + delay >= time_steps()) { return 0.0; }
  return work[at + (t + delay) * factor.neurons];
}

fn scan_back(m: u32, first: u32, run: Run, thread: u32) {
  let factor = factor_of(m);
  let lane = thread % LANES;
  let slot = thread / LANES;
  let row = min(first + slot, factor.rows - 1u);
  let valid = first + slot < factor.rows;
  var rate_adjoint: array<f32, MAX_DEPTHS * PER_LANE>;
  var adjoint: array<f32, MAX_DEPTHS * PER_LANE>;
  var sums: array<f32, MAX_DEPTHS * PER_LANE>;
  var synapse: array<f32, SYNAPSE_STATES>;
  for (var at = 0u; at < SYNAPSE_STATES; at++) { synapse[at] = 0.0; }
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
      rate_adjoint[layer.depth * PER_LANE + s] += mean_of(m, sum);
    }
  }

  let weights = weights_of(run, factor, row);
  var half = 0u;
  for (var back = 0u; back < time_steps(); back++) {
    let t = time_steps() - 1u - back;
    for (var down = 0u; down < MAX_DEPTHS; down++) {
      let depth = MAX_DEPTHS - 1u - down;
      if (depth >= factor.depths) { continue; }
      let layer = layer_of(hidden_of(m * MAX_DEPTHS + depth));
      let read = (half * ROWS + slot) * WIDTH;
      for (var s = 0u; s < PER_LANE; s++) {
        let j = lane + s * LANES;
        if (j >= layer.outputs) { continue; }
        let at = depth * PER_LANE + s;
        var spike_adjoint = rate_adjoint[at] * weight_of(m, weights, t);
        let neuron = neuron_of(run, layer, j);
        if (depth + 1u < factor.depths) {
          let next = layer_of(hidden_of(m * MAX_DEPTHS + depth + 1u));
          for (var i = 0u; i < next.outputs; i++) {
            spike_adjoint += state[run.state + next.weights + i * next.inputs + j] * above[read + i];
          }
        }
        let kept = run.history + factor.values + (row * time_steps() + t) * factor.neurons + layer.neuron + j;
        let spikes = history[run.history + factor.masks + (row * factor.neurons + layer.neuron + j) * MASK_WORDS + t / 32u];
        let spike = ((spikes >> (t % 32u)) & 1u) == 1u;
        let value = adjoint_of(neuron, adjoint[at], spike, bitcast<f32>(history[kept]), spike_adjoint);
        var current = value;
        var bias = value;
        if (has_synapse(layer)) {
          let k = kernel_of(layer, j);
          synapse[at] = value - k.before * adjoint[at] + k.decay * synapse[at];
          current = k.height * departed(factor, run, first + slot, layer.neuron + j, t, synapse[at], k.delay);
          bias = current;
          if (passes_by(layer)) { bias = bias_share(k, t) * value; }
        }
        adjoint[at] = value;
        sums[at] += bias;
        above[((1u - half) * ROWS + slot) * WIDTH + j] = current;
        if (valid && (depth > 0u || factor.varies == 1u)) { history[kept] = bitcast<u32>(current); }
      }
      if (depth > 0u) {
        workgroupBarrier();
        half = 1u - half;
      }
    }
  }

  for (var depth = 0u; depth < MAX_DEPTHS; depth++) {
    let layer = layer_of(hidden_of(m * MAX_DEPTHS + depth));
    for (var s = 0u; s < PER_LANE; s++) {
      let j = lane + s * LANES;
      if (depth >= factor.depths || j >= layer.outputs || !valid) { continue; }
      work[run.work + factor.sums + row * factor.neurons + layer.neuron + j] = sums[depth * PER_LANE + s];
    }
  }
}
