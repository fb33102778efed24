// Stage 1: every row of every factor through all time steps, with its tangents, and its projections at the end.

@compute @workgroup_size(SIMULATION_THREADS)
fn simulate(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let run = run_of(id.z, count.z);
  for (var block = id.x; block < simulation_blocks(); block += count.x) {
    workgroupBarrier();
    let w = share_of(block, id.y, run);
    if (!idle(w)) { simulate_rows(w, run, thread); }
  }
}

fn simulate_rows(w: Share, run: Run, thread: u32) {
  let p = thread_of(w, thread);
  let factor = factor_of(w.m);
  var n: Neurons;
  rest(&n);
  let weights = weights_of(run, factor, p.row);
  var half = 0u;
  for (var t = 0u; t < time_steps(); t++) {
    if (t == 0u || factor.varies == 1u) { feed(w, p, run, t, &n); }
    if (SURROGATE == 2u && !EXPLICIT_SAMPLES && t % tile() == 0u) { draw_offsets(w, run, t, thread); }
    // To a constant bound: unrolled, what a thread keeps of its neurons can stay in registers.
    for (var depth = 0u; depth < MAX_DEPTHS; depth++) {
      if (depth >= factor.depths) { continue; }
      simulate_layer(w, p, run, t, depth, half, weights, &n);
      if (depth + 1u < factor.depths) {
        workgroupBarrier();
        half = 1u - half;
      }
    }
  }
  keep(w, p, run, &n);
  for (var head = 0u; head < head_count(); head++) {
    let layer = layer_of(projection_of(head, w.m).layer);
    workgroupBarrier();
    share_rates(w, layer.depth, p, run, &n);
    workgroupBarrier();
    project(w, p, run, head, layer);
  }
}

/// One step of one layer: reads one half of `near` and writes the other.
fn simulate_layer(w: Share, p: Thread, run: Run, t: u32, depth: u32, half: u32, weights: u32, n: ptr<function, Neurons>) {
  let factor = factor_of(w.m);
  let layer = layer_of(hidden_of(w.m * MAX_DEPTHS + depth));
  let surrogate = surrogate_of(run);
  let read = half * ROWS + p.slot;
  let write = (1u - half) * ROWS + p.slot;
  for (var s = 0u; s < PER_LANE; s++) {
    let j = p.lane + s * LANES;
    if (j >= layer.outputs) { continue; }
    let at = depth * PER_LANE + s;
    var z = (*n).current[s];
    if (depth > 0u) { z = current_of(w, p, run, layer, j, read); }
    let neuron = neuron_of(run, layer, j);
    if (has_synapse(layer)) {
      let k = kernel_of(layer, j);
      let last = (*n).synapse[at];
      let next = synaptic(k, last, arrived(w, p, run, layer, j, t, 0u, z, k.delay));
      (*n).synapse[at] = next;
      z = next - k.before * last;
      if (passes_by(layer)) { z += bias_share(k, t) * bias_of(w, p, run, layer, j); }
    }

    let u = charged(neuron, (*n).membrane[at], z);
    let x = distance_of(neuron, u);
    let spike = select(0.0, 1.0, x >= 0.0);
    var f = 0.0;
    if (SURROGATE == 1u) { f = gaussian(surrogate, x); }
    if (SURROGATE == 2u) { f = weak_form_mean(w, p, surrogate, layer, t, j, x); }
    (*n).membrane[at] = after_reset(neuron, u, spike);
    (*n).sums[at] += spike * weight_of(w.m, weights, t);
    near[write * WIDTH + j] = spike;

    // Tangents: U̇[t] and Ṡ[t] = f(U[t] - ϑ) U̇[t].
    for (var q = 0u; DERIVATION == FORWARD && depth >= w.start && q < TANGENTS; q++) {
      var dz = (*n).current_tangents[s * TANGENTS + q];
      if (depth > 0u) { dz = current_tangent_of(w, p, run, layer, j, read, q); }
      if (has_synapse(layer)) {
        let k = kernel_of(layer, j);
        let last = (*n).synapse_tangents[at * TANGENTS + q];
        let next = synaptic(k, last, arrived(w, p, run, layer, j, t, 1u + q, dz, k.delay));
        (*n).synapse_tangents[at * TANGENTS + q] = next;
        dz = next - k.before * last;
        if (passes_by(layer)) { dz += bias_share(k, t) * bias_tangent_of(w, p, run, layer, j, q); }
      }
      let du = charged(neuron, (*n).membrane_tangents[at * TANGENTS + q], dz);
      (*n).membrane_tangents[at * TANGENTS + q] = through_reset(du, spike > 0.0);
      (*n).sum_tangents[at * TANGENTS + q] += f * du * weight_of(w.m, weights, t);
      near_tangents[(write * TANGENTS + q) * WIDTH + j] = f * du;
    }

    if (HISTORY > 0u) {
      (*n).masks[at * MASK_WORDS + t / 32u] |= u32(spike) << (t % 32u);
      let kept = (p.row * time_steps() + t) * factor.neurons + layer.neuron + j;
      if (p.valid) { history[run.history + factor.values + kept] = bitcast<u32>(select(u, f, HISTORY == 1u)); }
    }
  }
}

/// Z[t] = W S_prev[t] + b of neuron j, without b where it does not pass the synapse.
fn current_of(w: Share, p: Thread, run: Run, layer: Layer, j: u32, read: u32) -> f32 {
  let shift = shift_of(w, layer.index);
  let shifted = direction_at(run, w.k);
  let row = layer.weights + j * layer.inputs;
  var z = 0.0;
  if (!passes_by(layer)) { z = bias_of(w, p, run, layer, j); }
  for (var i = 0u; i < layer.inputs; i++) { z += parameter(run, shift, shifted, row + i) * near[read * WIDTH + i]; }
  return z;
}

/// Ż[t] = Ẇ S_prev[t] + W Ṡ_prev[t] + ḃ. Under L a direction lives in one layer: above it only the spikes carry it on.
fn current_tangent_of(w: Share, p: Thread, run: Run, layer: Layer, j: u32, read: u32, q: u32) -> f32 {
  let row = layer.weights + j * layer.inputs;
  var dz = 0.0;
  if (PERTURBATION == ACTIVITY) {
    if (layer.depth == w.start && !passes_by(layer)) { dz = directions[row_numbers(run, layer, w.k + q, p.row) + j]; }
  } else if (!LAYERWISE || layer.depth == w.start) {
    let direction = direction_at(run, w.k + q);
    let own = row_numbers(run, layer, w.k + q, p.row);
    if (!passes_by(layer)) { dz = directions[direction + layer.biases + j]; }
    for (var i = 0u; i < layer.inputs; i++) {
      dz += directions[direction + row + i] * input_sign(own, layer, i) * near[read * WIDTH + i];
    }
    dz *= output_sign(own, j);
  }
  if (layer.depth > w.start) {
    let moving = (read * TANGENTS + q) * WIDTH;
    for (var i = 0u; i < layer.inputs; i++) { dz += state[run.state + row + i] * near_tangents[moving + i]; }
  }
  return dz;
}
