// What a thread keeps of its neurons while they are simulated. A workgroup simulates ROWS rows; LANES threads share a row,
// and each has PER_LANE neurons of every layer: number s of depth d is at d · PER_LANE + s.

/// What the next layer reads, in two halves by turns: one barrier a layer is enough.
var<workgroup> near: array<f32, 2u * ROWS * WIDTH>;
var<workgroup> near_tangents: array<f32, 2u * ROWS * WIDTH * TANGENTS>;

struct Neurons {
  /// U after the reset, the number of spikes so far, and when they were.
  membrane: array<f32, MAX_DEPTHS * PER_LANE>,
  sums: array<f32, MAX_DEPTHS * PER_LANE>,
  masks: array<u32, MAX_DEPTHS * PER_LANE * MASK_WORDS>,
  /// U̇ and Σ Ṡ of every tangent.
  membrane_tangents: array<f32, MAX_DEPTHS * PER_LANE * TANGENTS>,
  sum_tangents: array<f32, MAX_DEPTHS * PER_LANE * TANGENTS>,
  /// I and İ of synapses.
  synapse: array<f32, SYNAPSE_STATES>,
  synapse_tangents: array<f32, SYNAPSE_STATES * TANGENTS>,
  /// Z and Ż of the first layer: of held inputs the same at every step.
  current: array<f32, PER_LANE>,
  current_tangents: array<f32, PER_LANE * TANGENTS>,
}

/// Before the first step. Set outright: not every compiler sets the variables of a loop's body to zero each time round.
fn rest(n: ptr<function, Neurons>) {
  for (var at = 0u; at < MAX_DEPTHS * PER_LANE; at++) {
    (*n).membrane[at] = 0.0;
    (*n).sums[at] = 0.0;
    for (var part = 0u; part < MASK_WORDS; part++) { (*n).masks[at * MASK_WORDS + part] = 0u; }
    for (var q = 0u; q < TANGENTS; q++) {
      (*n).membrane_tangents[at * TANGENTS + q] = 0.0;
      (*n).sum_tangents[at * TANGENTS + q] = 0.0;
    }
  }
  for (var at = 0u; at < SYNAPSE_STATES; at++) {
    (*n).synapse[at] = 0.0;
    for (var q = 0u; q < TANGENTS; q++) { (*n).synapse_tangents[at * TANGENTS + q] = 0.0; }
  }
}

/// Where the inputs of a row at one step begin.
fn inputs_at(run: Run, factor: Factor, row: u32, inputs: u32, t: u32) -> u32 {
  return factor.data + data_row(run, factor, row) * factor.width + factor.sequence * t * inputs;
}

/// Z = W x + b of the first layer at one step and, where the tangents start there, Ż = Ẇ x + ḃ.
fn feed(w: Share, p: Thread, run: Run, t: u32, n: ptr<function, Neurons>) {
  let factor = factor_of(w.m);
  let layer = layer_of(hidden_of(w.m * MAX_DEPTHS));
  let input = inputs_at(run, factor, p.row, layer.inputs, t);
  let shift = shift_of(w, layer.index);
  let shifted = direction_at(run, w.k);
  for (var s = 0u; s < PER_LANE; s++) {
    let j = p.lane + s * LANES;
    if (j >= layer.outputs) { continue; }
    let row = layer.weights + j * layer.inputs;
    var z = 0.0;
    if (!passes_by(layer)) { z = parameter(run, shift, shifted, layer.biases + j) + current_shift(w, p, run, layer, j); }
    for (var i = 0u; i < layer.inputs; i++) { z += parameter(run, shift, shifted, row + i) * data[input + i]; }
    (*n).current[s] = z;
    for (var q = 0u; DERIVATION == FORWARD && q < TANGENTS; q++) {
      var dz = 0.0;
      if (w.start == 0u && PERTURBATION == ACTIVITY) {
        if (!passes_by(layer)) { dz = directions[row_numbers(run, layer, w.k + q, p.row) + j]; }
      } else if (w.start == 0u) {
        let direction = direction_at(run, w.k + q);
        let own = row_numbers(run, layer, w.k + q, p.row);
        if (!passes_by(layer)) { dz = directions[direction + layer.biases + j]; }
        for (var i = 0u; i < layer.inputs; i++) {
          dz += directions[direction + row + i] * input_sign(own, layer, i) * data[input + i];
        }
        dz *= output_sign(own, j);
      }
      (*n).current_tangents[s * TANGENTS + q] = dz;
    }
  }
}

/// b of a neuron, with what is added to its current at every time step.
fn bias_of(w: Share, p: Thread, run: Run, layer: Layer, j: u32) -> f32 {
  return parameter(run, shift_of(w, layer.index), direction_at(run, w.k), layer.biases + j) + current_shift(w, p, run, layer, j);
}

/// ḃ of a neuron along a tangent, or ξ.
fn bias_tangent_of(w: Share, p: Thread, run: Run, layer: Layer, j: u32, q: u32) -> f32 {
  let own = row_numbers(run, layer, w.k + q, p.row);
  if (PERTURBATION == ACTIVITY) { return select(0.0, directions[own + j], layer.depth == w.start); }
  if (LAYERWISE && layer.depth != w.start) { return 0.0; }
  return directions[direction_at(run, w.k + q) + layer.biases + j] * output_sign(own, j);
}

/// Z[t-d] in place of Z[t]; `path` 0 are the currents, 1 + q those of tangent q.
fn arrived(w: Share, p: Thread, run: Run, layer: Layer, j: u32, t: u32, path: u32, z: f32, delay: u32) -> f32 {
  if (!DELAYS) { return z; }
  let factor = factor_of(w.m);
  let rows = (factor.rows + ROWS - 1u) / ROWS * ROWS;
  let at = run.work + factor.waiting + ((w.group * rows + w.first + p.slot) * waiting_steps() * factor.neurons + layer.neuron + j) * (1u + TANGENTS) + path;
  let step = factor.neurons * (1u + TANGENTS);
  work[at + (t % waiting_steps()) * step] = z;
  if (t < delay) { return 0.0; }
  return work[at + ((t - delay) % waiting_steps()) * step];
}

/// Signs that flipout gives the outputs and inputs of a layer in one row.
fn output_sign(own: u32, j: u32) -> f32 {
  if (PERTURBATION == FLIPOUT) { return directions[own + j]; }
  return 1.0;
}

fn input_sign(own: u32, layer: Layer, i: u32) -> f32 {
  if (PERTURBATION == FLIPOUT) { return directions[own + layer.outputs + i]; }
  return 1.0;
}

/// After the last step: mean rates and spike masks, for those who come later.
fn keep(w: Share, p: Thread, run: Run, n: ptr<function, Neurons>) {
  let factor = factor_of(w.m);
  if (PERTURBATION == ACTIVITY && factor.varies == 1u && p.valid && w.start == 0u && w.k == 0u && w.variant == 0u) {
    keep_means(w, p, run);
  }
  for (var depth = 0u; depth < MAX_DEPTHS; depth++) {
    let layer = layer_of(hidden_of(w.m * MAX_DEPTHS + depth));
    for (var s = 0u; s < PER_LANE; s++) {
      let j = p.lane + s * LANES;
      if (depth >= factor.depths || j >= layer.outputs || !p.valid) { continue; }
      let at = depth * PER_LANE + s;
      let neuron = p.row * factor.neurons + layer.neuron + j;
      // Other groups simulate the same rows: with other tangents, or shifted.
      if (STORES_RATES && w.start == 0u && w.k == 0u && w.variant == 0u) { work[run.work + factor.rates + neuron] = mean_of(w.m, (*n).sums[at]); }
      if (AVERAGED && DERIVATION == FORWARD && w.k == 0u && depth == w.start && depth + 1u == factor.depths) {
        work[run.work + factor.moved + p.row * layer.outputs + j] = mean_of(w.m, (*n).sum_tangents[at * TANGENTS]);
      }
      if (AVERAGED && w.variant > 0u && depth == w.start && depth + 1u == factor.depths) {
        let sign = 1u - w.variant % 2u;
        work[run.work + factor.moved + (sign * factor.rows + p.row) * layer.outputs + j] = mean_of(w.m, (*n).sums[at]);
      }
      for (var part = 0u; HISTORY > 0u && part < MASK_WORDS; part++) {
        history[run.history + factor.masks + neuron * MASK_WORDS + part] = (*n).masks[at * MASK_WORDS + part];
      }
    }
  }
}

/// Σ_t Ω[t] x[t] of a row, up to the time step at which it is read, for every neuron of the first layer.
fn keep_means(w: Share, p: Thread, run: Run) {
  let factor = factor_of(w.m);
  let layer = layer_of(hidden_of(w.m * MAX_DEPTHS));
  let read = read_step(run, factor, p.row);
  // Ω counts its time steps from the one at which a row is read.
  let unread = time_steps() - 1u - read;
  for (var j = p.lane; j < layer.outputs; j += LANES) {
    for (var i = 0u; i < layer.inputs; i++) {
      var sum = 0.0;
      for (var t = 0u; t <= read; t++) {
        let weight = bitcast<f32>(plan[sequence_weights_at() + factor.weights + (t + unread) * layer.outputs + j]);
        sum += weight * data[inputs_at(run, factor, p.row, layer.inputs, t) + i];
      }
      if (READ_ANYWHEN && factor.readAnywhen == 1u) {
        sum *= bitcast<f32>(plan[sequence_gains_at() + factor.weights + read * layer.outputs + j]);
      }
      work[run.work + factor.means + (p.row * layer.outputs + j) * layer.inputs + i] = sum;
    }
  }
}

/// Shares r̄ - centre and ṙ of one depth with the threads of the row.
fn share_rates(w: Share, depth: u32, p: Thread, run: Run, n: ptr<function, Neurons>) {
  for (var s = 0u; s < PER_LANE; s++) {
    let j = p.lane + s * LANES;
    let at = depth * PER_LANE + s;
    near[p.slot * WIDTH + j] = mean_of(w.m, (*n).sums[at]) - setting(run, CENTRE);
    for (var q = 0u; DERIVATION == FORWARD && q < TANGENTS; q++) {
      near_tangents[(p.slot * TANGENTS + q) * WIDTH + j] = mean_of(w.m, (*n).sum_tangents[at * TANGENTS + q]);
    }
  }
}
