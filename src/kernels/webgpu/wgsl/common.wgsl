// What all stages share: the bindings, and how a run finds its numbers.

struct Clock { step: u32 }

/// Number of the step inside the part of a chunk that has been uploaded.
@group(0) @binding(0) var<uniform> clock: Clock;
/// [run] of θ, m, v, losses.
@group(0) @binding(1) var<storage, read_write> state: array<f32>;
/// Tables, then [run] of settings, then [step][run] of seed, step, rate, corrections, place of the loss, row numbers.
@group(0) @binding(2) var<storage, read> plan: array<u32>;
/// Inputs and row scales of every factor, then the targets.
@group(0) @binding(3) var<storage, read> data: array<f32>;
/// [step][run][k] of a direction: parameters; under flipout then the rows' signs; under activity the rows' ξ alone.
@group(0) @binding(4) var<storage, read> directions: array<f32>;
/// The table of normal samples, or samples δ given outright.
@group(0) @binding(5) var<storage, read> normals: array<f32>;
/// [run] of everything that lives for one step.
@group(0) @binding(6) var<storage, read_write> work: array<f32>;
/// [run] of spike masks and values over time.
@group(0) @binding(7) var<storage, read_write> history: array<u32>;

const REVERSE = 1u;
const FORWARD = 2u;
const DIFFERENCES = 3u;
const HIDDEN = 0u;
/// Every row sees the direction with signs of its own, or perturbs its own currents.
const FLIPOUT = 1u;
const ACTIVITY = 2u;

/// First words and numbers of one run in each binding.
struct Run { state: u32, settings: u32, step: u32, directions: u32, work: u32, history: u32 }

fn run_of(id: u32, runs: u32) -> Run {
  return Run(
    id * plan[table_words() + id * setting_words()],
    table_words() + id * setting_words(),
    table_words() + runs * setting_words() + (clock.step * runs + id) * step_words(),
    (clock.step * runs + id) * direction_numbers(),
    id * work_numbers(),
    id * history_numbers(),
  );
}

fn setting(run: Run, which: u32) -> f32 {
  return bitcast<f32>(plan[run.settings + which]);
}

fn step_number(run: Run, which: u32) -> f32 {
  return bitcast<f32>(plan[run.step + which]);
}

fn projection_of(head: u32, factor: u32) -> Projection {
  return projection_at(head * FACTORS + factor);
}

fn head_rank(head: u32) -> u32 {
  return head_of(head).rank;
}

fn head_weight(head: u32) -> f32 {
  return bitcast<f32>(head_of(head).weight);
}

fn direction_at(run: Run, k: u32) -> u32 {
  return run.directions + min(k, max(direction_count(), 1u) - 1u) * direction_length();
}

/// A row's own numbers in direction k: ξ of a hidden layer, or the signs r of its outputs and then s of its inputs.
fn row_numbers(run: Run, layer: Layer, k: u32, row: u32) -> u32 {
  return direction_at(run, k) + layer.rowsAt + row * layer.rowLength;
}

/// Which row of the data a row of the batch is.
fn data_row(run: Run, factor: Factor, row: u32) -> u32 {
  return plan[run.step + STEP_HEADER + factor.row + row];
}
