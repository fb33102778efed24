// Sums over threads without atomics: the same order every time, so a replay gives the same bits.

var<workgroup> lane_sums: array<f32, THREADS>;

/// Sum over `width` neighbouring threads (a power of two), in a fixed order.
fn sum_lanes(thread: u32, value: f32, width: u32) -> f32 {
  workgroupBarrier();
  lane_sums[thread] = value;
  workgroupBarrier();
  for (var distance = width / 2u; distance > 0u; distance /= 2u) {
    if (thread % width < distance) { lane_sums[thread] += lane_sums[thread + distance]; }
    workgroupBarrier();
  }
  return lane_sums[thread - thread % width];
}
