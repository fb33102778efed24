// The output  y[n₁, …, n_M] = Σ_i Π_m q_m[n_m]_i  at single points, and the targets there.

/// The factor of which a workgroup combines some rows with all rows of the others.
fn factor_at_combine(block: u32) -> u32 {
  var m = FACTORS - 1u;
  while (m > 0u && block < factor_of(m).combine) { m--; }
  return m;
}

/// Row numbers of point number `at` of those that row `row` of factor m is combined with.
fn rows_of_point(m: u32, row: u32, at: u32) -> vec3u {
  var rows = vec3u();
  var rest = at;
  for (var back = 0u; back < FACTORS; back++) {
    let k = FACTORS - 1u - back;
    if (k == m) {
      rows[k] = row;
    } else {
      rows[k] = rest % factor_of(k).rows;
      rest /= factor_of(k).rows;
    }
  }
  return rows;
}

fn target_of(run: Run, rows: vec3u) -> f32 {
  var at = data_row(run, factor_of(0u), rows.x);
  if (FACTORS > 1u) { at = at * available_1() + data_row(run, factor_of(1u), rows.y); }
  if (FACTORS > 2u) { at = at * available_2() + data_row(run, factor_of(2u), rows.z); }
  return data[targets_at() + at];
}

/// Where the projections of every factor start, for one head and one variant of θ.
fn values_of(run: Run, head: u32, variants: vec3u) -> vec3u {
  var at = vec3u();
  for (var k = 0u; k < FACTORS; k++) {
    at[k] = run.work + projection_of(head, k).values + variants[k] * variant_numbers();
  }
  return at;
}

/// Π of the projections' entry i over all factors but one (FACTORS: over all).
fn product_without(m: u32, values: vec3u, rows: vec3u, rank: u32, i: u32) -> f32 {
  var product = 1.0;
  for (var k = 0u; k < FACTORS; k++) {
    if (k != m) { product *= work[values[k] + rows[k] * rank + i]; }
  }
  return product;
}

fn output_at(values: vec3u, rows: vec3u, rank: u32) -> f32 {
  var y = 0.0;
  for (var i = 0u; i < rank; i++) { y += product_without(FACTORS, values, rows, rank, i); }
  return y;
}
