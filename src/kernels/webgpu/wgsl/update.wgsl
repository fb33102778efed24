// The last stage: sums over the blocks in a fixed order, the gradient or its estimate, and the step of the optimiser.

var<workgroup> derivatives: array<f32, MOST_DERIVATIVES>;

/// All directional derivatives of the step into workgroup memory.
fn gather_derivatives(run: Run, thread: u32) {
  for (var n = thread; n < derivative_count(); n += THREADS) { derivatives[n] = derivative_of(run, n / group_count(), n % group_count()); }
  workgroupBarrier();
}

fn derivative_of(run: Run, k: u32, group: u32) -> f32 {
  if (DERIVATION == DIFFERENCES && PERTURBATION != ACTIVITY) { return partials(run, 0u, combine_blocks(), 0u, head_count(), k * group_count() + group); }
  if (!LAYERWISE) { return partials(run, 0u, combine_blocks(), 0u, head_count(), k); }
  let layer = layer_of(group);
  if (PERTURBATION == ACTIVITY && layer.role != HIDDEN) { return 0.0; }
  let factor = factor_of(layer.factor);
  // What is averaged has one tangent, in place of the first direction.
  if (AVERAGED && layer.depth + 1u == factor.depths && k > 0u) { return 0.0; }
  if (DERIVATION == DIFFERENCES) {
    var sum = 0.0;
    for (var row = 0u; row < factor.rows; row++) {
      sum += work[run.work + factor.rowDerivatives + row * factor.rowSlots + layer.depth * direction_count() + k];
    }
    return sum;
  }
  let end = factor.combine + factor.combineBlocks;
  if (layer.role == HIDDEN) { return partials(run, factor.combine, end, 0u, head_count(), layer.depth * direction_count() + k); }
  for (var head = 0u; head < head_count(); head++) {
    if (projection_of(head, layer.factor).layer == group) {
      return partials(run, factor.combine, end, head, head + 1u, factor.depths * direction_count() + k);
    }
  }
  return 0.0;
}

fn partials(run: Run, begin: u32, end: u32, head_begin: u32, head_end: u32, slot: u32) -> f32 {
  var sum = 0.0;
  for (var block = begin; block < end; block++) {
    for (var head = head_begin; head < head_end; head++) {
      sum += work[run.work + derivative_partials_at() + (block * head_count() + head) * slot_count() + slot];
    }
  }
  return sum;
}

/// The layer that parameter j belongs to.
fn layer_at(j: u32) -> u32 {
  var layer = 0u;
  while (layer + 1u < layer_count() && j >= layer_of(layer).end) { layer++; }
  return layer;
}

/// Entry j of ∂L/∂θ (reverse mode), what the rows' own derivatives make of it, or an entry of  (1/K) Σ_k (∇L · δθ_k) δθ_k / s_l².
fn gradient_of(run: Run, j: u32) -> f32 {
  let layer = layer_at(j);
  var sum = 0.0;
  if (DERIVATION == REVERSE || PERTURBATION != 0u) {
    let factor = factor_of(layer_of(layer).factor);
    for (var block = factor.reverse; block < factor.reverse + factor.reverseBlocks; block++) {
      sum += work[run.work + gradient_partials_at() + block * parameters() + j];
    }
    return sum;
  }
  let group = select(0u, layer, LAYERWISE);
  for (var k = 0u; k < direction_count(); k++) { sum += derivatives[k * group_count() + group] * directions[run.directions + k * parameters() + j]; }
  return sum * setting(run, LAYER_SETTINGS + 2u * layer + 1u);
}

fn loss_of(run: Run, thread: u32) -> f32 {
  var sum = 0.0;
  for (var n = thread; n < head_count() * factor_of(0u).combineBlocks; n += THREADS) { sum += work[run.work + loss_partials_at() + n]; }
  return sum_lanes(thread, sum, THREADS);
}

fn apply(run: Run, j: u32, g: f32, norm: f32) {
  let at = run.state + j;
  let rate = step_number(run, 2u) * setting(run, LAYER_SETTINGS + 2u * layer_at(j));
  if (OPTIMISER == 3u) {
    let m = setting(run, BETA1) * state[at + parameters()] + setting(run, ONE_MINUS_BETA1) * g;
    let v = setting(run, BETA2) * state[at + 2u * parameters()] + setting(run, ONE_MINUS_BETA2) * g * g;
    state[at + parameters()] = m;
    state[at + 2u * parameters()] = v;
    let size = sqrt(v * step_number(run, 4u)) + setting(run, STABILISER);
    state[at] -= rate * m * step_number(run, 3u) / size;
  } else {
    state[at] -= rate * g / norm;
  }
}

fn keep_loss(run: Run, thread: u32) {
  let loss = loss_of(run, thread);
  if (thread == 0u) { state[run.state + 3u * parameters() + plan[run.step + 5u]] = loss; }
}

/// Gradient and update at once.
@compute @workgroup_size(THREADS)
fn update(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let run = run_of(id.z, count.z);
  // Where every row has derivatives of its own their sums are no part of the gradient.
  if (PERTURBATION == 0u) { gather_derivatives(run, thread); }
  if (id.x == 0u) { keep_loss(run, thread); }
  var norm = 1.0;
  if (OPTIMISER == 2u && NORM_INLINE) {
    var squares = 0.0;
    for (var j = thread; j < parameters(); j += THREADS) {
      let g = gradient_of(run, j);
      squares += g * g;
    }
    norm = sqrt(sum_lanes(thread, squares, THREADS)) + setting(run, STABILISER);
  }
  for (var j = id.x * THREADS + thread; j < parameters(); j += count.x * THREADS) { apply(run, j, gradient_of(run, j), norm); }
}

/// The gradient, its derivatives, the loss and sums of squares for the norm, written out.
@compute @workgroup_size(THREADS)
fn reduce(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let run = run_of(id.z, count.z);
  if (PERTURBATION == 0u || id.x == 0u) { gather_derivatives(run, thread); }
  if (id.x == 0u) {
    for (var n = thread; n < derivative_count(); n += THREADS) { work[run.work + derivatives_at() + n] = derivatives[n]; }
    let loss = loss_of(run, thread);
    if (thread == 0u) { work[run.work + loss_at()] = loss; }
  }
  for (var block = id.x; block < gradient_blocks(); block += count.x) {
    let j = block * THREADS + thread;
    var g = 0.0;
    if (j < parameters()) {
      g = gradient_of(run, j);
      work[run.work + gradient_at() + j] = g;
    }
    let squares = sum_lanes(thread, g * g, THREADS);
    if (thread == 0u) { work[run.work + norms_at() + block] = squares; }
  }
}

/// The update from what `reduce` wrote.
@compute @workgroup_size(THREADS)
fn update_reduced(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let run = run_of(id.z, count.z);
  if (id.x == 0u) { keep_loss(run, thread); }
  var squares = 0.0;
  for (var n = thread; n < gradient_blocks(); n += THREADS) { squares += work[run.work + norms_at() + n]; }
  let norm = sqrt(sum_lanes(thread, squares, THREADS)) + setting(run, STABILISER);
  for (var j = id.x * THREADS + thread; j < parameters(); j += count.x * THREADS) {
    apply(run, j, work[run.work + gradient_at() + j], norm);
  }
}
