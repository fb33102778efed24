// Stage 3 of node perturbation: the change of the loss of every row as its currents in one hidden layer are shifted by ±ε ξ and all
// other rows are at rest, (L(+ε ξ) - L(-ε ξ)) / 2ε. The difference is taken point by point.

@compute @workgroup_size(THREADS)
fn row_differences(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let run = run_of(id.z, count.z);
  let m = factor_at_combine(id.x);
  let factor = factor_of(m);
  let at_once = THREADS / factor.lanes;
  let lane = thread % factor.lanes;
  for (var first = (id.x - factor.combine) * at_once; first < factor.rows; first += factor.combineBlocks * at_once) {
    let row = first + thread / factor.lanes;
    for (var slot = 0u; slot < factor.rowSlots; slot++) {
      let depth = slot / direction_count();
      let plus = 1u + 2u * (slot % direction_count() * MAX_DEPTHS + depth);
      var change = 0.0;
      // What is averaged has one pair of simulations, in place of the first direction.
      let simulated = !AVERAGED || depth + 1u < factor.depths || slot % direction_count() == 0u;
      for (var head = 0u; head < head_count() && row < factor.rows && simulated; head++) {
        if (layer_of(projection_of(head, m).layer).depth >= depth) {
          change += loss_change(run, m, head, row, lane, plus);
        }
      }
      let sum = sum_lanes(thread, change, factor.lanes);
      if (lane == 0u && row < factor.rows) {
        work[run.work + factor.rowDerivatives + row * factor.rowSlots + slot] = setting(run, HALF_EPSILON) * sum;
      }
    }
    if (AVERAGED) { average(run, m, row, thread); }
  }
}

/// A thread's share of the points that the row takes part in: what one head's loss is more at variant `plus` than at the next one.
fn loss_change(run: Run, m: u32, head: u32, row: u32, lane: u32, plus: u32) -> f32 {
  let factor = factor_of(m);
  let rank = head_rank(head);
  var variants = vec3u();
  variants[m] = plus;
  let values_plus = values_of(run, head, variants);
  variants[m] = plus + 1u;
  let values_minus = values_of(run, head, variants);
  var sum = 0.0;
  for (var at = lane; at < factor.others; at += factor.lanes) {
    let rows = rows_of_point(m, row, at);
    let wanted = target_of(run, rows);
    let above = output_at(values_plus, rows, rank);
    let below = output_at(values_minus, rows, rank);
    sum += (above - below) * ((above - wanted) + (below - wanted));
  }
  return head_weight(head) / f32(point_count()) * sum;
}

/// The mean of c ξ over all ξ in a factor's last hidden layer, whose neurons meet in read-outs only: (r⁺ - r⁻) / 2ε of every
/// neuron times ∂L/∂r half-way between them, in place of r⁺. All threads of a row call it.
fn average(run: Run, m: u32, row: u32, thread: u32) {
  let factor = factor_of(m);
  let lane = thread % factor.lanes;
  let depth = factor.depths - 1u;
  let layer = layer_of(hidden_of(m * MAX_DEPTHS + depth));
  let plus = run.work + factor.moved + row * layer.outputs;
  let minus = plus + factor.rows * layer.outputs;
  let outputs = select(0u, layer.outputs, row < factor.rows);
  for (var j = lane; j < outputs; j += factor.lanes) {
    work[plus + j] = setting(run, HALF_EPSILON) * (work[plus + j] - work[minus + j]);
    // From here on the sum of the heads' slopes.
    work[minus + j] = 0.0;
  }
  var variants = vec3u();
  for (var head = 0u; head < head_count(); head++) {
    let reader = layer_of(projection_of(head, m).layer);
    if (reader.depth != depth) { continue; }
    let rank = head_rank(head);
    variants[m] = 1u + 2u * depth;
    let values_plus = values_of(run, head, variants);
    variants[m]++;
    let values_minus = values_of(run, head, variants);
    var slopes: array<f32, MAX_RANK>;
    for (var i = 0u; i < rank; i++) { slopes[i] = 0.0; }
    for (var at = lane; at < factor.others && row < factor.rows; at += factor.lanes) {
      let rows = rows_of_point(m, row, at);
      let half_way = 0.5 * (output_at(values_plus, rows, rank) + output_at(values_minus, rows, rank));
      let error = head_weight(head) * 2.0 / f32(point_count()) * (half_way - target_of(run, rows));
      for (var i = 0u; i < rank; i++) { slopes[i] += error * product_without(m, values_plus, rows, rank, i); }
    }
    for (var i = 0u; i < rank; i++) {
      let slope = sum_lanes(thread, slopes[i], factor.lanes);
      let scaled = data[factor.scale + data_row(run, factor, min(row, factor.rows - 1u))] * slope;
      for (var j = lane; j < outputs; j += factor.lanes) {
        work[minus + j] += scaled * state[run.state + reader.weights + i * reader.inputs + j];
      }
    }
  }
  for (var j = lane; j < outputs; j += factor.lanes) { work[plus + j] *= work[minus + j]; }
}
