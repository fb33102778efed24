// Stage 2 of weight perturbation: the loss, and (L(θ + εδ) - L(θ - εδ)) / 2ε for every direction and group. The
// difference is taken point by point, which in float32 is far better than to subtract two sums.

/// The variant of θ that factor m of a head sees for one derivative (plus; minus is the next), 0 where it sees θ.
fn variant_of(derivative: u32, head: u32, m: u32) -> u32 {
  if (!LAYERWISE) { return 1u + 2u * derivative; }
  let k = derivative / group_count();
  let layer = layer_of(derivative % group_count());
  if (layer.role != HIDDEN) {
    return select(0u, simulated_variants() + 2u * k, projection_of(head, m).layer == layer.index);
  }
  var number = 0u;
  for (var n = 0u; n < hidden_layer_count(); n++) {
    if (hidden_layer(n) == layer.index) { number = n; }
  }
  return select(0u, 1u + 2u * (k * hidden_layer_count() + number), layer.factor == m);
}

/// Workgroups: blocks of factor 0, heads × (the loss, then every derivative), runs.
@compute @workgroup_size(THREADS)
fn perturb(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let run = run_of(id.z, count.z);
  let factor = factor_of(0u);
  let head = id.y % head_count();
  let which = id.y / head_count();
  let rank = head_rank(head);
  var plus = vec3u();
  var minus = vec3u();
  for (var m = 0u; m < FACTORS && which > 0u; m++) {
    let variant = variant_of(which - 1u, head, m);
    plus[m] = variant;
    minus[m] = select(0u, variant + 1u, variant > 0u);
  }
  let values_plus = values_of(run, head, plus);
  let values_minus = values_of(run, head, minus);

  var sum = 0.0;
  for (var at = id.x * THREADS + thread; at < point_count(); at += factor.combineBlocks * THREADS) {
    let rows = rows_of_point(FACTORS, 0u, at);
    let wanted = target_of(run, rows);
    let above = output_at(values_plus, rows, rank);
    if (which == 0u) {
      sum += (above - wanted) * (above - wanted);
    } else {
      let below = output_at(values_minus, rows, rank);
      sum += (above - below) * ((above - wanted) + (below - wanted));
    }
  }
  let total = head_weight(head) / f32(point_count()) * sum_lanes(thread, sum, THREADS);
  if (thread > 0u) { return; }
  if (which == 0u) {
    work[run.work + loss_partials_at() + head * factor.combineBlocks + id.x] = total;
  } else {
    work[run.work + derivative_partials_at() + (id.x * head_count() + head) * slot_count() + which - 1u] = setting(run, HALF_EPSILON) * total;
  }
}
