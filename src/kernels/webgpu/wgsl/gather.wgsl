// The other half of stage 3: the gradient of a block of rows from Ū, spikes, inputs and rates.

/// The rows that a workgroup is at; `block` is where its partial sums go.
struct Rows { block: u32, first: u32, end: u32 }

/// Adds what the rows give to one layer's gradient: weights row by row, then biases.
fn gather_layer(layer: Layer, rows: Rows, add: bool, run: Run, thread: u32) {
  let weights = layer.inputs * layer.outputs;
  for (var n = thread; n < weights + layer.outputs; n += SIMULATION_THREADS) {
    let bias = n >= weights;
    let j = select(n / layer.inputs, n - weights, bias);
    let i = n % layer.inputs;
    let at = run.work + gradient_partials_at() + rows.block * parameters() + layer.weights + n;
    var sum = 0.0;
    if (add) { sum = work[at]; }
    if (layer.role != HIDDEN) {
      sum += over_rates(layer, rows, run, j, i, bias);
    } else if (!bias && layer.depth == 0u && factor_of(layer.factor).sequence == 1u) {
      sum += over_sequences(layer, rows, run, j, i);
    } else if (bias || layer.depth == 0u) {
      sum += over_inputs(layer, rows, run, j, i, bias);
    } else {
      sum += over_spikes(layer, rows, run, j, i);
    }
    work[at] = sum;
  }
}

/// Σ p̄ (r̄ - centre) of a projecting layer; for its bias Σ p̄.
fn over_rates(layer: Layer, rows: Rows, run: Run, j: u32, i: u32, bias: bool) -> f32 {
  let factor = factor_of(layer.factor);
  let below = layer_of(hidden_of(layer.factor * MAX_DEPTHS + layer.depth));
  let centre = setting(run, CENTRE);
  var adjoints = 0u;
  for (var head = 0u; head < head_count(); head++) {
    let place = projection_of(head, layer.factor);
    if (place.layer == layer.index) { adjoints = run.work + place.adjoints + j; }
  }
  let rates = run.work + factor.rates + below.neuron + i;
  var sum = 0.0;
  for (var row = rows.first; row < rows.end; row++) {
    let rate = select(work[rates + row * factor.neurons] - centre, 1.0, bias);
    sum += work[adjoints + row * layer.outputs] * rate;
  }
  return sum;
}

/// Σ (Σ_t Ū[t]) x of a first hidden layer, whose inputs are held; for any hidden bias Σ Σ_t Ū[t].
fn over_inputs(layer: Layer, rows: Rows, run: Run, j: u32, i: u32, bias: bool) -> f32 {
  let factor = factor_of(layer.factor);
  let sums = run.work + factor.sums + layer.neuron + j;
  var sum = 0.0;
  for (var row = rows.first; row < rows.end; row++) {
    var input = 1.0;
    if (!bias) { input = data[factor.data + data_row(run, factor, row) * factor.width + i]; }
    sum += work[sums + row * factor.neurons] * input;
  }
  return sum;
}

/// Σ Σ_t Ū[t] x[t] of a first hidden layer that is fed sequences.
fn over_sequences(layer: Layer, rows: Rows, run: Run, j: u32, i: u32) -> f32 {
  let factor = factor_of(layer.factor);
  let values = run.history + factor.values + layer.neuron + j;
  var sum = 0.0;
  for (var row = rows.first; row < rows.end; row++) {
    for (var t = 0u; t < time_steps(); t++) {
      let input = factor.data + data_row(run, factor, row) * factor.width + t * layer.inputs + i;
      sum += bitcast<f32>(history[values + (row * time_steps() + t) * factor.neurons]) * data[input];
    }
  }
  return sum;
}

/// Σ Σ_t Ū[t] S_prev[t]: only the steps at which the neuron below spiked count.
fn over_spikes(layer: Layer, rows: Rows, run: Run, j: u32, i: u32) -> f32 {
  let factor = factor_of(layer.factor);
  let below = layer_of(hidden_of(layer.factor * MAX_DEPTHS + layer.depth - 1u));
  let masks = run.history + factor.masks + (below.neuron + i) * MASK_WORDS;
  let values = run.history + factor.values + layer.neuron + j;
  var sum = 0.0;
  for (var row = rows.first; row < rows.end; row++) {
    for (var part = 0u; part < MASK_WORDS; part++) {
      var spikes = history[masks + row * factor.neurons * MASK_WORDS + part];
      while (spikes != 0u) {
        let t = 32u * part + firstTrailingBit(spikes);
        sum += bitcast<f32>(history[values + (row * time_steps() + t) * factor.neurons]);
        spikes &= spikes - 1u;
      }
    }
  }
  return sum;
}
