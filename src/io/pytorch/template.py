#!/usr/bin/env python3
"""@ABOUT@

A spiking network of the Spiking Playground (MIT licence), weights and all, in PyTorch. Needs torch and numpy.

    python3 @FILE@            # ten outputs, held against the page's to 1e-5
    python3 @FILE@ --train    # gradients by BP and RFG, held against the page's to 1e-4, and a step of each

The network, R. Wan, Q. Zhang, G. E. Karniadakis, arXiv:2411.07057, in each of its factors and at each time step t = 1 ... T:

    U[t] = leak U+[t-1] + W S_below[t] + b,   S[t] = 1 where U[t] >= threshold,
    U+[t] = U[t] - S[t] threshold   (reset "subtract")   or   (1 - S[t]) U[t]   (reset "zero").

The first layer reads the same input at every step. A factor's read-out is W (mean over t of S - centre) + b; the output is the sum over the
read-out's entries of the product of all factors, times the rows' scales. Numbers are float64: the page's engines compute in float32, where
a membrane potential within rounding of the threshold may fall on its other side.
"""

import argparse
import base64
import json
import math
import statistics
import sys

import numpy as np
import torch

DATA = json.loads(r"""@DATA@""")

torch.set_default_dtype(torch.float64)


def numbers(text):
    """Base64 of little-endian float64."""
    return torch.from_numpy(np.frombuffer(base64.b64decode(text), dtype="<f8").copy())


T, LEAK, THRESHOLD, RESET = (DATA[key] for key in ("T", "leak", "threshold", "reset"))
CENTRE, LAYERS, FACTORS, HEADS = (DATA[key] for key in ("centre", "layers", "factors", "heads"))


def split(theta):
    """Weights and biases of each layer from a vector of all parameters: [(W, b)], W [outputs][inputs]."""
    parts, at = [], 0
    for layer in LAYERS:
        n, m = layer["outputs"], layer["inputs"]
        parts.append((theta[at : at + n * m].reshape(n, m), theta[at + n * m : at + n * m + n]))
        at += n * m + n
    return parts


def join(parts):
    return torch.cat([torch.cat([weight.reshape(-1), bias]) for weight, bias in parts])


# ---- the spike and its surrogate -------------------------------------------------------------------------------------------


class Spike(torch.autograd.Function):
    """H(x), H(0) = 1; its derivative is the surrogate's, given beside."""

    @staticmethod
    def forward(ctx, x, derivative):
        ctx.save_for_backward(derivative)
        return (x >= 0).to(x.dtype)

    @staticmethod
    def backward(ctx, gradient):
        (derivative,) = ctx.saved_tensors
        return gradient * derivative, None


def threefry(k0, k1, c0, c1):
    """Threefry-2x32-20 (Salmon et al., SC 2011) of one key and first counter word, for an array of second ones."""
    words = [np.full(c1.shape, value, dtype=np.uint32) for value in (k0, k1, k0 ^ k1 ^ 0x1BD11BDA)]
    x, y = words[0] + np.uint32(c0), c1.astype(np.uint32) + words[1]
    for block in range(5):
        for r in ((13, 15, 26, 6), (17, 29, 16, 24))[block % 2]:
            x = x + y
            y = ((y << np.uint32(r)) | (y >> np.uint32(32 - r))) ^ x
        x = x + words[(block + 1) % 3]
        y = y + words[(block + 2) % 3] + np.uint32(block + 1)
    return x, y


def random_words(seed, stream, step, index):
    """The words at these indices of a random sequence of the page."""
    pair = threefry(seed, stream, step, index >> 1)
    return np.where(index & 1, pair[1], pair[0])


_table = None


def normal_table():
    """The page's 65,536 normal samples, shuffled, the first 512 again behind them."""
    global _table
    if _table is None:
        n = 65536
        words = random_words(0, 8, 0, np.arange(n - 1)).astype(np.uint64)
        order = np.arange(n)
        for word, i in zip(words, range(n - 1, 0, -1)):
            j = int(word) * (i + 1) >> 32
            order[i], order[j] = order[j], order[i]
        quantile = statistics.NormalDist().inv_cdf
        values = np.empty(n, dtype=np.float32)
        values[order] = [quantile((i + 0.5) / n) for i in range(n)]
        _table = np.concatenate([values, values[:512]])
    return _table


def surrogate(x, layer, t):
    """SG: exp(-x^2 / 2 sigma^2) / (sigma sqrt(2 pi)). WSG: mean over k of delta_k / sigma^2 (H(x + delta_k) - H(x)), delta_k ~ N(0, sigma^2)."""
    of = DATA["surrogate"]
    sigma, count = of["sigma"], of["samples"]
    if of["kind"] == "SG":
        return torch.exp(-x * x / (2 * sigma * sigma)) / (sigma * math.sqrt(2 * math.pi))
    rows, width = x.shape
    index = (t * rows + np.arange(rows)[:, None]) * count + np.arange(count)
    offsets = random_words(DATA["seed"], 4 | layer << 8, DATA["step"], index) & 0xFFFF
    delta = sigma * torch.from_numpy(normal_table()[offsets[:, :, None] + np.arange(width)].astype(np.float64))
    above = (x >= 0).to(x.dtype)[:, None, :]
    return (delta / sigma**2 * ((x[:, None, :] + delta >= 0).to(x.dtype) - above)).mean(1)


# ---- the network, and its tangent along a direction in parameter space -----------------------------------------------------


def simulate(parts, factor, inputs, tangent=None):
    """Mean rates of each hidden layer, [rows][neurons]; with a tangent (a direction, split) their derivatives along it beside them.

    The neuron is the page's. In other libraries, by their sources:
      SpikingJelly: IFNode(v_threshold=@THRESHOLD@, v_reset=@SJ_RESET@, detach_reset=True) for leak 1, else LIFNode(tau=1 / (1 - leak),
        decay_input=False, ...): the same neuron, spikes at the threshold included.
      snnTorch: Leaky(beta=@LEAK@, threshold=@THRESHOLD@, reset_mechanism="@RESET@", reset_delay=False): spikes above the
        threshold only. "zero" is this reset, leak (1 - S) U + Z; "subtract" is, as long as U stays below twice the threshold. With
        reset_delay=True, its default, "subtract" comes a step later, after the leak: leak U + Z - S threshold in place of
        leak (U - S threshold) + Z, the same where leak = 1.
    """
    hidden = FACTORS[factor]["hidden"]
    rows = inputs.shape[0]
    zeros = [torch.zeros(rows, LAYERS[index]["outputs"]) for index in hidden]
    left, rates = list(zeros), list(zeros)
    left_dot, rates_dot = list(zeros), list(zeros)
    for t in range(T):
        below, below_dot = inputs, None
        for depth, index in enumerate(hidden):
            weight, bias = parts[index]
            potential = LEAK * left[depth] + below @ weight.T + bias
            x = potential - THRESHOLD
            derivative = surrogate(x.detach(), index, t)
            spikes = Spike.apply(x, derivative)
            held = spikes.detach()  # no derivative passes through the reset
            left[depth] = potential - held * THRESHOLD if RESET == "subtract" else (1 - held) * potential
            rates[depth] = rates[depth] + spikes / T
            if tangent is not None:
                weight_dot, bias_dot = tangent[index]
                current_dot = below @ weight_dot.T + bias_dot
                if below_dot is not None:
                    current_dot = current_dot + below_dot @ weight.T
                potential_dot = LEAK * left_dot[depth] + current_dot
                below_dot = derivative * potential_dot
                left_dot[depth] = potential_dot if RESET == "subtract" else (1 - held) * potential_dot
                rates_dot[depth] = rates_dot[depth] + below_dot / T
            below = spikes
    return rates, rates_dot


def multiply(projections):
    """Sum over i of the product of the factors' entries i, for all combinations of their rows: [rows of factor 1][rows of factor 2] ..."""
    letters = "abcdefgh"[: len(projections)]
    return torch.einsum(",".join(f"{letter}i" for letter in letters) + "->" + letters, *projections)


def run(parts, batch, tangent=None):
    """Of each head (the output first, then local losses) the values, and with a tangent their derivatives along it."""
    simulated = [simulate(parts, m, inputs, tangent) for m, inputs in enumerate(batch["inputs"])]
    outputs = []
    for head in HEADS:
        projections, dots = [], []
        for m, index in enumerate(head["layers"]):
            depth = LAYERS[index]["depth"]
            rates, rates_dot = (of[depth] for of in simulated[m])
            weight, bias = parts[index]
            scale = batch["scale"][m][:, None]
            projections.append(scale * ((rates - CENTRE) @ weight.T + bias))
            if tangent is not None:
                weight_dot, bias_dot = tangent[index]
                dots.append(scale * ((rates - CENTRE) @ weight_dot.T + bias_dot + rates_dot @ weight.T))
        dot = sum(multiply(projections[:m] + [dots[m]] + projections[m + 1 :]) for m in range(len(dots)))
        outputs.append((multiply(projections), dot))
    return outputs


def loss_of(parts, batch):
    """Mean squared error of the output, and of local heads by their weights."""
    values = run(parts, batch)
    return sum(head["weight"] * ((y - batch["target"]) ** 2).mean() for head, (y, _) in zip(HEADS, values))


# ---- gradients -------------------------------------------------------------------------------------------------------------


def back_propagation(theta, batch):
    """BP: autograd through time, the surrogate in place of the spike's derivative."""
    theta = theta.clone().requires_grad_()
    loss_of(split(theta), batch).backward()
    return theta.grad


def groups_of(layerwise):
    """Parameters that share a directional derivative: all of them (G), or those of each layer (L)."""
    sizes = [layer["outputs"] * (layer["inputs"] + 1) for layer in LAYERS]
    if not layerwise:
        return [slice(0, sum(sizes))]
    ends = np.cumsum(sizes)
    return [slice(int(end) - size, int(end)) for size, end in zip(sizes, ends)]


def estimate(theta, batch, layerwise, derivative):
    """Mean over the directions of (grad L . direction) direction, layer by layer divided by the square of its scale."""
    square = torch.cat([torch.full((l["outputs"] * (l["inputs"] + 1),), l["scale"] ** 2) for l in LAYERS])
    total = torch.zeros_like(theta)
    for direction in DIRECTIONS:
        for group in groups_of(layerwise):
            part = torch.zeros_like(theta)
            part[group] = direction[group]
            total[group] += derivative(theta, batch, part) * direction[group]
    return total / square / len(DIRECTIONS)


@torch.no_grad()
def forward_mode(theta, batch, direction):
    """grad L . direction by tangents carried along with the simulation; nothing is stored over time."""
    total = 0.0
    for head, (y, dot) in zip(HEADS, run(split(theta), batch, split(direction))):
        total += head["weight"] * 2 / y.numel() * ((y - batch["target"]) * dot).sum()
    return total


@torch.no_grad()
def differences(theta, batch, direction):
    """WP: (L(theta + epsilon d) - L(theta - epsilon d)) / 2 epsilon, of the loss with its spikes."""
    epsilon = DATA["epsilon"]
    plus, minus = (loss_of(split(theta + sign * epsilon * direction), batch) for sign in (1, -1))
    return (plus - minus) / (2 * epsilon)


GRADIENTS = {
    "BP": back_propagation,
    "RFG-G": lambda theta, batch: estimate(theta, batch, False, forward_mode),
    "RFG-L": lambda theta, batch: estimate(theta, batch, True, forward_mode),
    "WP-G": lambda theta, batch: estimate(theta, batch, False, differences),
    "WP-L": lambda theta, batch: estimate(theta, batch, True, differences),
}

# ---- what is bundled -------------------------------------------------------------------------------------------------------

THETA = numbers(DATA["theta"])
_signs = DATA["directions"].get("signs")
if _signs:
    _bits = np.unpackbits(np.frombuffer(base64.b64decode(_signs), dtype=np.uint8), bitorder="little")
    _entries = torch.from_numpy(_bits[: DATA["directions"]["count"] * len(THETA)] * 2.0 - 1)
    _scales = torch.cat([torch.full((l["outputs"] * (l["inputs"] + 1),), l["scale"]) for l in LAYERS])
    DIRECTIONS = _entries.reshape(-1, len(THETA)) * _scales
else:
    DIRECTIONS = numbers(DATA["directions"]["values"]).reshape(-1, len(THETA))


def batch_of(bundled):
    inputs = [numbers(text).reshape(-1, factor["inputs"]) for text, factor in zip(bundled["inputs"], FACTORS)]
    shape = [len(rows) for rows in inputs]
    return {
        "inputs": inputs,
        "scale": [numbers(text) for text in bundled["scale"]],
        "target": numbers(bundled["target"]).reshape(shape),
    }


def check(name, value, limit):
    fine = value <= limit
    print(f"{'ok  ' if fine else 'FAIL'} {name}: {value:.2e} (allowed: {limit:.0e})")
    return fine


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--train", action="store_true", help="gradients by BP and RFG, and one step of each")
    train = parser.parse_args().train

    examples = batch_of(DATA["examples"])
    expected = numbers(DATA["examples"]["outputs"])
    with torch.no_grad():
        outputs = run(split(THETA), examples)[0][0].reshape(-1)
    print("output      the page's   target      (times", DATA["unit"], *(["plus", DATA["offset"]] if "offset" in DATA else []), "in the problem's unit)")
    for y, other, target in zip(outputs, expected, examples["target"].reshape(-1)):
        print(f"{y:+.7f}  {other:+.7f}  {target:+.7f}")
    fine = check("ten outputs", (outputs - expected).abs().max().item(), 1e-5)
    if train:
        batch = batch_of(DATA["batch"])
        with torch.no_grad():
            before = loss_of(split(THETA), batch).item()
        fine &= check("loss", abs(before - DATA["batch"]["loss"]) / DATA["batch"]["loss"], 1e-6)
        entries = torch.tensor(DATA["gradients"]["entries"])
        for name, text in DATA["gradients"]["values"].items():
            gradient = GRADIENTS[name](THETA, batch)
            reference = numbers(text)
            norm = reference.norm().item()
            fine &= check(f"gradient by {name}", (gradient[entries] - reference).norm().item() / (norm or 1.0), 1e-4)
            with torch.no_grad():
                after = loss_of(split(THETA - DATA["rate"] * gradient), batch).item()
            print(f"     a step of {name}, theta - {DATA['rate']} gradient: loss {before:.6g} -> {after:.6g}")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
