// The end of stage 1: projections  q = scale · (W (r̄ - centre) + b)  of a row, and their tangents ṗ (without scale).

/// Reads r̄ - centre from `near` and ṙ from `near_tangents`.
fn project(w: Share, p: Thread, run: Run, head: u32, layer: Layer) {
  let factor = factor_of(w.m);
  let place = projection_of(head, w.m);
  let scale = data[factor.scale + data_row(run, factor, p.row)];
  let shift = shift_of(w, layer.index);
  let shifted = direction_at(run, w.k);
  // Other groups of tangents simulate the same rows along the same θ.
  let values = DERIVATION != FORWARD || (w.start == 0u && w.k == 0u);

  for (var i = p.lane; i < layer.outputs; i += LANES) {
    let row = layer.weights + i * layer.inputs;
    let rates = p.slot * WIDTH;
    let at = p.row * layer.outputs + i;
    var sum = parameter(run, shift, shifted, layer.biases + i);
    for (var j = 0u; j < layer.inputs; j++) { sum += parameter(run, shift, shifted, row + j) * near[rates + j]; }
    if (values && p.valid) { work[run.work + place.values + w.variant * variant_numbers() + at] = scale * sum; }

    if (DERIVATION == FORWARD && layer.depth >= w.start) {
      for (var q = 0u; q < TANGENTS; q++) {
        var moving = 0.0;
        if (!LAYERWISE) { moving = along(p, run, layer, i, w.k + q, rates); }
        for (var j = 0u; j < layer.inputs; j++) {
          moving += state[run.state + row + j] * near_tangents[(p.slot * TANGENTS + q) * WIDTH + j];
        }
        if (p.valid && w.k + q < direction_count()) {
          work[run.work + place.tangents + at * factor.slots + w.start * direction_count() + w.k + q] = moving;
        }
      }
    }

    // A projecting layer's own derivative needs no simulation: ṗ = Ẇ (r̄ - centre) + ḃ.
    if (LAYERWISE && PERTURBATION != ACTIVITY && values && w.variant == 0u) {
      for (var k = 0u; k < direction_count(); k++) {
        let moving = along(p, run, layer, i, k, rates);
        if (!p.valid) { continue; }
        if (DERIVATION == FORWARD) {
          work[run.work + place.tangents + at * factor.slots + factor.depths * direction_count() + k] = moving;
        } else {
          let change = setting(run, EPSILON) * moving;
          let variant = simulated_variants() + 2u * k;
          work[run.work + place.values + variant * variant_numbers() + at] = scale * (sum + change);
          work[run.work + place.values + (variant + 1u) * variant_numbers() + at] = scale * (sum - change);
        }
      }
    }
  }
}

/// Ẇ (r̄ - centre) + ḃ of output i along direction k.
fn along(p: Thread, run: Run, layer: Layer, i: u32, k: u32, rates: u32) -> f32 {
  let direction = direction_at(run, k);
  let own = row_numbers(run, layer, k, p.row);
  var sum = directions[direction + layer.biases + i];
  for (var j = 0u; j < layer.inputs; j++) {
    sum += directions[direction + layer.weights + i * layer.inputs + j] * input_sign(own, layer, j) * near[rates + j];
  }
  return sum * output_sign(own, i);
}
