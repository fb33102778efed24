// The stand-in f for the derivative of a spike, and the random words of its weak form.

struct Surrogate { sigma: f32, half_precision: f32, peak: f32 }

fn surrogate_of(run: Run) -> Surrogate {
  return Surrogate(setting(run, SIGMA), setting(run, HALF_PRECISION), setting(run, PEAK));
}

/// SG at x = U - ϑ:  exp(-x²/2σ²) / (σ √(2π)).
fn gaussian(s: Surrogate, x: f32) -> f32 {
  return s.peak * exp(-x * x * s.half_precision);
}

/// One term of WSG:  δ/σ² · (H(x+δ) - H(x)), with δ = σ · normal.
fn weak_form(s: Surrogate, x: f32, normal: f32) -> f32 {
  let crossed = select(0.0, 1.0, x + normal * s.sigma >= 0.0) - select(0.0, 1.0, x >= 0.0);
  return normal / s.sigma * crossed;
}

/// Word number `index` of the key (k0, k1) at `counter`: Threefry-2x32 with 20 rounds.
fn threefry_word(k0: u32, k1: u32, counter: u32, index: u32) -> u32 {
  let k2 = k0 ^ k1 ^ 0x1bd11bdau;
  var x = counter + k0;
  var y = (index >> 1u) + k1;
  x += y; y = rotated(y, 13u) ^ x; x += y; y = rotated(y, 15u) ^ x;
  x += y; y = rotated(y, 26u) ^ x; x += y; y = rotated(y, 6u) ^ x;
  x += k1; y += k2 + 1u;
  x += y; y = rotated(y, 17u) ^ x; x += y; y = rotated(y, 29u) ^ x;
  x += y; y = rotated(y, 16u) ^ x; x += y; y = rotated(y, 24u) ^ x;
  x += k2; y += k0 + 2u;
  x += y; y = rotated(y, 13u) ^ x; x += y; y = rotated(y, 15u) ^ x;
  x += y; y = rotated(y, 26u) ^ x; x += y; y = rotated(y, 6u) ^ x;
  x += k0; y += k1 + 3u;
  x += y; y = rotated(y, 17u) ^ x; x += y; y = rotated(y, 29u) ^ x;
  x += y; y = rotated(y, 16u) ^ x; x += y; y = rotated(y, 24u) ^ x;
  x += k1; y += k2 + 4u;
  x += y; y = rotated(y, 13u) ^ x; x += y; y = rotated(y, 15u) ^ x;
  x += y; y = rotated(y, 26u) ^ x; x += y; y = rotated(y, 6u) ^ x;
  x += k2; y += k0 + 5u;
  return select(x, y, (index & 1u) == 1u);
}

fn rotated(word: u32, bits: u32) -> u32 {
  return (word << bits) | (word >> (32u - bits));
}

/// Offsets into the table of normals for tile() time steps.
var<workgroup> offsets: array<u32, OFFSETS>;

/// The offsets of all neurons' samples for time steps t … t + tile() - 1.
fn draw_offsets(w: Share, run: Run, t: u32, thread: u32) {
  let factor = factor_of(w.m);
  workgroupBarrier();
  let count = ROWS * tile() * MAX_DEPTHS * sample_count();
  for (var n = thread; n < count; n += SIMULATION_THREADS) {
    let sample = n % sample_count();
    let depth = n / sample_count() % MAX_DEPTHS;
    let time = t + n / (sample_count() * MAX_DEPTHS) % tile();
    let row = w.first + n / (sample_count() * MAX_DEPTHS * tile());
    if (depth >= factor.depths) { continue; }
    let key = WSG_STREAM | (hidden_of(w.m * MAX_DEPTHS + depth) << 8u);
    let index = (time * factor.rows + row) * sample_count() + sample;
    offsets[n] = threefry_word(plan[run.step], key, plan[run.step + 1u], index) & 0xffffu;
  }
  workgroupBarrier();
}

/// WSG: the mean of its terms for one neuron.
fn weak_form_mean(w: Share, p: Thread, surrogate: Surrogate, layer: Layer, t: u32, j: u32, x: f32) -> f32 {
  var sum = 0.0;
  for (var sample = 0u; sample < sample_count(); sample++) {
    var at = 0u;
    if (EXPLICIT_SAMPLES) {
      at = layer.samples + ((sample * time_steps() + t) * factor_of(w.m).rows + p.row) * layer.outputs;
    } else {
      at = offsets[((p.slot * tile() + t % tile()) * MAX_DEPTHS + layer.depth) * sample_count() + sample];
    }
    sum += weak_form(surrogate, x, normals[at + j]);
  }
  return sum / f32(sample_count());
}
