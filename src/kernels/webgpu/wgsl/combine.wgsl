// Stage 2: products of the factors' projections, errors, the loss, adjoints of the projections and, in forward mode, the
// derivatives ∇L · δθ = Σ ⟨∂L/∂p, ṗ⟩. A workgroup combines some rows of one factor with all rows of the others.

@compute @workgroup_size(THREADS)
fn combine(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let run = run_of(id.z, count.z);
  let m = factor_at_combine(id.x);
  let factor = factor_of(m);
  let head = id.y;
  let rank = head_rank(head);
  let values = values_of(run, head, vec3u());
  let place = projection_of(head, m);
  let at_once = THREADS / factor.lanes;
  let begin = (id.x - factor.combine) * at_once;
  let lane = thread % factor.lanes;
  var loss = 0.0;

  for (var first = begin; first < factor.rows; first += factor.combineBlocks * at_once) {
    let row = first + thread / factor.lanes;
    var adjoint: array<f32, MAX_RANK>;
    for (var i = 0u; i < rank; i++) { adjoint[i] = 0.0; }
    for (var at = lane; at < factor.others && row < factor.rows; at += factor.lanes) {
      let rows = rows_of_point(m, row, at);
      let difference = output_at(values, rows, rank) - target_of(run, rows);
      loss += difference * difference;
      let error = head_weight(head) * 2.0 / f32(point_count()) * difference;
      for (var i = 0u; i < rank; i++) { adjoint[i] += error * product_without(m, values, rows, rank, i); }
    }
    for (var i = 0u; i < rank; i++) {
      let sum = sum_lanes(thread, adjoint[i], factor.lanes);
      if (lane == 0u && row < factor.rows) {
        let scale = data[factor.scale + data_row(run, factor, row)];
        work[run.work + place.adjoints + row * rank + i] = scale * sum;
      }
    }
  }

  let total = sum_lanes(thread, loss, THREADS);
  if (m == 0u && thread == 0u) {
    work[run.work + loss_partials_at() + head * factor.combineBlocks + id.x] = head_weight(head) / f32(point_count()) * total;
  }
  if (DERIVATION != FORWARD) { return; }

  storageBarrier();
  workgroupBarrier();
  let depth = layer_of(place.layer).depth;
  for (var slot = thread; slot < factor.slots; slot += THREADS) {
    // Tangents of layers above the depth that this head reads do not reach it.
    let begins = slot / max(direction_count(), 1u);
    let reaches = !LAYERWISE || begins <= depth || begins == factor.depths;
    var sum = 0.0;
    for (var first = begin; first < factor.rows && reaches; first += factor.combineBlocks * at_once) {
      for (var row = first; row < min(first + at_once, factor.rows); row++) {
        for (var i = 0u; i < rank; i++) {
          let at = row * rank + i;
          sum += work[run.work + place.adjoints + at] * work[run.work + place.tangents + at * factor.slots + slot];
        }
      }
    }
    work[run.work + derivative_partials_at() + (id.x * head_count() + head) * slot_count() + slot] = sum;
  }
}

/// y of the output head at every point.
@compute @workgroup_size(THREADS)
fn outputs(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let run = run_of(id.z, count.z);
  let values = values_of(run, 0u, vec3u());
  for (var at = id.x * THREADS + thread; at < point_count(); at += count.x * THREADS) {
    work[run.work + output_numbers_at() + at] = output_at(values, rows_of_point(FACTORS, 0u, at), head_rank(0u));
  }
}
