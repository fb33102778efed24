// Which rows, directions and variant of θ a workgroup of the simulation is at, and which of its rows a thread is at.

/// The same for all threads of a workgroup (WGSL wants to see that barriers depend on nothing else).
struct Share {
  m: u32,
  /// First of the workgroup's rows.
  first: u32,
  /// Depth at which the tangents start, or whose currents are shifted. Forward mode and differences: first direction.
  start: u32,
  k: u32,
  /// Differences: variant of θ, the only layer that is shifted, and by how much.
  variant: u32,
  only: u32,
  shift: f32,
  /// Number of the group that simulates the same rows in another way.
  group: u32,
}

/// One thread's row and its lane among the threads of that row.
struct Thread { lane: u32, slot: u32, row: u32, valid: bool }

const ALL_LAYERS = 0xffffffffu;

fn factor_at_block(block: u32) -> u32 {
  var m = FACTORS - 1u;
  while (m > 0u && block < factor_of(m).block) { m--; }
  return m;
}

fn share_of(block: u32, group: u32, run: Run) -> Share {
  let m = factor_at_block(block);
  var w = Share(m, (block - factor_of(m).block) * ROWS, 0u, 0u, 0u, ALL_LAYERS, 0.0, group);
  if (DERIVATION == FORWARD) {
    if (LAYERWISE) { w.start = group / tangent_groups(); }
    w.k = (group % tangent_groups()) * TANGENTS;
  }
  if (DERIVATION == DIFFERENCES && group > 0u) {
    let number = (group - 1u) / 2u;
    w.variant = group;
    w.k = number;
    if (PERTURBATION == ACTIVITY) {
      w.k = number / MAX_DEPTHS;
      w.start = number % MAX_DEPTHS;
      w.only = hidden_of(m * MAX_DEPTHS + w.start);
    } else if (LAYERWISE) {
      w.k = number / hidden_layer_count();
      w.only = hidden_layer(number % hidden_layer_count());
    }
    w.shift = select(-1.0, 1.0, group % 2u == 1u) * setting(run, EPSILON);
  }
  return w;
}

/// Nothing of this factor depends on what the workgroup varies.
fn idle(w: Share) -> bool {
  if (AVERAGED && w.k > 0u && w.start + 1u == factor_of(w.m).depths) { return true; }
  if (DERIVATION == FORWARD || PERTURBATION == ACTIVITY) { return w.start >= factor_of(w.m).depths; }
  if (DERIVATION == DIFFERENCES && LAYERWISE && w.variant > 0u) { return layer_of(w.only).factor != w.m; }
  return false;
}

/// A thread past the last row repeats it and writes nothing.
fn thread_of(w: Share, thread: u32) -> Thread {
  let rows = factor_of(w.m).rows;
  let row = w.first + thread / LANES;
  return Thread(thread % LANES, thread / LANES, min(row, rows - 1u), row < rows);
}

/// ±ε where a layer is shifted by this variant, else 0.
fn shift_of(w: Share, layer: u32) -> f32 {
  return select(0.0, w.shift, w.only == ALL_LAYERS || w.only == layer);
}

/// What is added to the current of neuron j of a layer: ±ε ξ where this variant shifts the layer's currents.
fn current_shift(w: Share, p: Thread, run: Run, layer: Layer, j: u32) -> f32 {
  if (DERIVATION != DIFFERENCES || PERTURBATION != ACTIVITY || w.only != layer.index) { return 0.0; }
  return w.shift * directions[row_numbers(run, layer, w.k, p.row) + j];
}

/// A parameter of θ, or of the variant θ ± ε δ.
fn parameter(run: Run, shift: f32, direction: u32, at: u32) -> f32 {
  if (DERIVATION == DIFFERENCES && PERTURBATION != ACTIVITY) { return state[run.state + at] + shift * directions[direction + at]; }
  return state[run.state + at];
}
