// Stage 1: every row of every factor through all time steps, with its tangents, and its projections at the end.
// A workgroup simulates ROWS rows; LANES threads share a row, and each has PER_LANE neurons of every layer.

/// What the next layer reads, in two halves by turns: one barrier a layer is enough.
var<workgroup> near: array<f32, 2u * ROWS * WIDTH>;
var<workgroup> near_tangents: array<f32, 2u * ROWS * WIDTH * TANGENTS>;

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
  let p = seat_of(w, thread);
  let factor = factor_of(w.m);
  let threshold = setting(run, THRESHOLD);
  let leak = setting(run, LEAK);
  let surrogate = surrogate_of(run);
  let shifted = direction_at(run, w.k);
  let input = factor.data + data_row(run, factor, p.row) * factor.inputs;

  var membrane: array<f32, MAX_DEPTHS * PER_LANE>;
  var sums: array<f32, MAX_DEPTHS * PER_LANE>;
  var masks: array<u32, MAX_DEPTHS * PER_LANE * MASK_WORDS>;
  var membrane_tangents: array<f32, MAX_DEPTHS * PER_LANE * TANGENTS>;
  var sum_tangents: array<f32, MAX_DEPTHS * PER_LANE * TANGENTS>;
  var current: array<f32, PER_LANE>;
  var current_tangents: array<f32, PER_LANE * TANGENTS>;
  // Set outright: not every compiler sets the variables of a loop's body to zero each time round.
  for (var at = 0u; at < MAX_DEPTHS * PER_LANE; at++) {
    membrane[at] = 0.0;
    sums[at] = 0.0;
    for (var word = 0u; word < MASK_WORDS; word++) { masks[at * MASK_WORDS + word] = 0u; }
    for (var q = 0u; q < TANGENTS; q++) {
      membrane_tangents[at * TANGENTS + q] = 0.0;
      sum_tangents[at * TANGENTS + q] = 0.0;
    }
  }

  // Direct coding: the first layer's current is the same at every step.
  let first_layer = layer_of(hidden_of(w.m * MAX_DEPTHS));
  for (var s = 0u; s < PER_LANE; s++) {
    let j = p.lane + s * LANES;
    if (j >= first_layer.outputs) { continue; }
    let row = first_layer.weights + j * first_layer.inputs;
    let shift = shift_of(w, first_layer.index);
    var z = parameter(run, shift, shifted, first_layer.biases + j);
    for (var i = 0u; i < first_layer.inputs; i++) {
      z += parameter(run, shift, shifted, row + i) * data[input + i];
    }
    current[s] = z;
    if (GRADIENT != RFG) { continue; }
    for (var q = 0u; q < TANGENTS; q++) {
      current_tangents[s * TANGENTS + q] = 0.0;
      if (w.start > 0u) { continue; }
      let direction = direction_at(run, w.k + q);
      var dz = directions[direction + first_layer.biases + j];
      for (var i = 0u; i < first_layer.inputs; i++) { dz += directions[direction + row + i] * data[input + i]; }
      current_tangents[s * TANGENTS + q] = dz;
    }
  }

  var half = 0u;
  for (var t = 0u; t < time_steps(); t++) {
    if (SURROGATE == 2u && !EXPLICIT_SAMPLES && t % tile() == 0u) { draw_offsets(w, run, t, thread); }
    for (var depth = 0u; depth < factor.depths; depth++) {
      let layer = layer_of(hidden_of(w.m * MAX_DEPTHS + depth));
      let shift = shift_of(w, layer.index);
      let read = (half * ROWS + p.slot) * WIDTH;
      let write = ((1u - half) * ROWS + p.slot) * WIDTH;
      let carries = GRADIENT == RFG && depth >= w.start;
      // Under L a direction lives in one layer: below it nothing moves, above it only what the spikes carry.
      let own = GRADIENT == RFG && (!LAYERWISE || depth == w.start);
      let passed = GRADIENT == RFG && depth > w.start;

      for (var s = 0u; s < PER_LANE; s++) {
        let j = p.lane + s * LANES;
        if (j >= layer.outputs) { continue; }
        let at = depth * PER_LANE + s;
        var z = current[s];
        var dz: array<f32, TANGENTS>;
        if (depth > 0u) {
          let row = layer.weights + j * layer.inputs;
          z = parameter(run, shift, shifted, layer.biases + j);
          for (var i = 0u; i < layer.inputs; i++) {
            z += parameter(run, shift, shifted, row + i) * near[read + i];
          }
          for (var q = 0u; q < TANGENTS; q++) {
            var sum = 0.0;
            if (own) {
              let direction = direction_at(run, w.k + q);
              sum = directions[direction + layer.biases + j];
              for (var i = 0u; i < layer.inputs; i++) { sum += directions[direction + row + i] * near[read + i]; }
            }
            if (passed) {
              let moving = ((half * ROWS + p.slot) * TANGENTS + q) * WIDTH;
              for (var i = 0u; i < layer.inputs; i++) { sum += state[run.state + row + i] * near_tangents[moving + i]; }
            }
            dz[q] = sum;
          }
        } else {
          for (var q = 0u; q < TANGENTS; q++) { dz[q] = current_tangents[s * TANGENTS + q]; }
        }

        let u = leak * membrane[at] + z;
        let x = u - threshold;
        let spike = select(0.0, 1.0, x >= 0.0);
        var f = 0.0;
        if (SURROGATE == 1u) { f = gaussian(surrogate, x); }
        if (SURROGATE == 2u) { f = weak_form_mean(w, p, surrogate, layer, t, j, x); }
        membrane[at] = u - spike * threshold;
        sums[at] += spike;
        near[write + j] = spike;
        if (carries) {
          for (var q = 0u; q < TANGENTS; q++) {
            let du = leak * membrane_tangents[at * TANGENTS + q] + dz[q];
            let ds = f * du;
            membrane_tangents[at * TANGENTS + q] = du;
            sum_tangents[at * TANGENTS + q] += ds;
            near_tangents[(((1u - half) * ROWS + p.slot) * TANGENTS + q) * WIDTH + j] = ds;
          }
        }
        if (HISTORY > 0u) {
          masks[at * MASK_WORDS + t / 32u] |= u32(spike) << (t % 32u);
          if (p.valid) {
            let value = select(u, f, HISTORY == 1u);
            history[run.history + factor.values + (p.row * time_steps() + t) * factor.neurons + layer.neuron + j] = bitcast<u32>(value);
          }
        }
      }
      if (depth + 1u < factor.depths) {
        workgroupBarrier();
        half = 1u - half;
      }
    }
  }

  for (var depth = 0u; depth < factor.depths; depth++) {
    let layer = layer_of(hidden_of(w.m * MAX_DEPTHS + depth));
    for (var s = 0u; s < PER_LANE; s++) {
      let j = p.lane + s * LANES;
      if (j >= layer.outputs || !p.valid) { continue; }
      let at = depth * PER_LANE + s;
      let neuron = p.row * factor.neurons + layer.neuron + j;
      if (STORES_RATES) { work[run.work + factor.rates + neuron] = sums[at] / f32(time_steps()); }
      for (var word = 0u; HISTORY > 0u && word < MASK_WORDS; word++) {
        history[run.history + factor.masks + neuron * MASK_WORDS + word] = masks[at * MASK_WORDS + word];
      }
    }
  }

  for (var head = 0u; head < head_count(); head++) {
    let layer = layer_of(projection_of(head, w.m).layer);
    workgroupBarrier();
    for (var s = 0u; s < PER_LANE; s++) {
      let j = p.lane + s * LANES;
      let at = layer.depth * PER_LANE + s;
      near[p.slot * WIDTH + j] = sums[at] / f32(time_steps()) - setting(run, CENTRE);
      if (GRADIENT != RFG) { continue; }
      for (var q = 0u; q < TANGENTS; q++) {
        near_tangents[(p.slot * TANGENTS + q) * WIDTH + j] = sum_tangents[at * TANGENTS + q] / f32(time_steps());
      }
    }
    workgroupBarrier();
    project(w, p, run, head, layer);
  }
}
