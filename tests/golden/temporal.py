"""
Writes temporal.json beside it (`python3 tests/golden/temporal.py`): networks that are fed sequences, with and without synapses and
filtered read-outs, in float64. It shares no code with the rest and has no recursion over time: a membrane potential is a sum over all
earlier time steps, of what came in and of the neuron's own spikes. Derivatives come from dual numbers, one parameter at a time.

Of temporal.json it reads the part “given”, the shapes of the networks and the constants of their neurons (temporal-given.mts).
"""
import json
import math
import pathlib

SIGMA, EPSILON, DRAWS = 0.5, 0.04, 2
# Least distance of every membrane from the threshold, shaken or not: float32 then spikes at the same steps.
GAP = 1e-3
# Of every layer some derivative is as large: in float32 too a wrong one then shows.
FELT = 0.05
FILE = pathlib.Path(__file__).with_suffix(".json")


class Random:
    """A linear congruential generator, and Box-Muller."""

    def __init__(self, seed):
        self.state = seed

    def uniform(self):
        self.state = (self.state * 1664525 + 1013904223) % 2**32
        return (self.state + 0.5) / 2**32

    def normal(self):
        return math.sqrt(-2 * math.log(self.uniform())) * math.cos(2 * math.pi * self.uniform())

    def sign(self):
        return -1 if self.uniform() < 0.5 else 1


class Dual:
    """A value and its derivative."""

    __slots__ = ("value", "slope")

    def __init__(self, value, slope=0.0):
        self.value, self.slope = value, slope

    def __add__(self, other):
        other = other if isinstance(other, Dual) else Dual(other)
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other):
        other = other if isinstance(other, Dual) else Dual(other)
        return Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)

    __radd__, __rmul__ = __add__, __mul__


class Response:
    """How one neuron answers: `kernel[n]`, its membrane n time steps after a unit current, and `to_bias[t]`, to a unit bias from step 0 on."""

    def __init__(self, given, factor, depth, j):
        kind = factor.get("synapse", {}).get("kind")
        constants = factor["kernels"][depth] if kind else None
        T = given["T"]
        self.leak = constants["leak"][j] if kind else given["leak"]
        if kind == "response":
            a, g, d = (constants[name][j] for name in ("decay", "height", "delay"))
            self.kernel = [0.0 if n < d else g * a ** (n - d) for n in range(T)]
            self.to_bias = [1.0] * T
            return
        # The current that a unit current leaves behind: itself alone, or a decaying synaptic current.
        self.synapse = [(constants["decay"][j] if kind else 0.0) ** n for n in range(T)]
        self.kernel = [sum(self.leak ** (n - m) * self.synapse[m] for m in range(n + 1)) for n in range(T)]
        self.to_bias = [sum(self.kernel[: t + 1]) for t in range(T)]

    def membrane(self, t, currents, bias, spikes, threshold, reset):
        """U[t] from the currents W s of steps 0 … t, the bias and the neuron's own spikes before t."""
        if reset == "subtract":
            refractory = -threshold * sum(self.leak ** (t - s) * spikes[s] for s in range(t))
            total = bias * self.to_bias[t] + refractory
            for s in range(t + 1):
                if self.kernel[t - s]:
                    total = total + currents[s] * self.kernel[t - s]
            return total
        # Nothing is left of what charged it up to its last spike; the synaptic current goes on.
        first = max((s + 1 for s in range(t) if spikes[s]), default=0)
        total = Dual(0.0)
        for s in range(first, t + 1):
            for m in range(s + 1):
                total = total + (currents[m] + bias) * (self.leak ** (t - s) * self.synapse[s - m])
        return total


class Net:
    def __init__(self, given, seed):
        random = Random(seed)
        rounded = lambda value: round(value, 4)
        self.given, self.weights, self.layers = given, [], []
        self.T, self.rank = given["T"], given["rank"]
        for m, (inputs, *hidden) in enumerate(given["shapes"]):
            widths = [inputs, *hidden]
            for depth, width in enumerate(hidden):
                self.layers.append((m, depth))
                self.add(
                    [[rounded(1.5 * random.normal() / math.sqrt(widths[depth])) for _ in range(widths[depth])] for _ in range(width)],
                    [rounded(0.4 + 0.25 * random.normal()) for _ in range(width)],
                )
            self.layers.append((m, None))
            self.add(
                [[rounded(random.normal()) for _ in range(hidden[-1])] for _ in range(self.rank)],
                [rounded(0.5 * random.normal()) for _ in range(self.rank)],
            )
        feed = lambda n: [rounded(2 * random.uniform() - 1) for _ in range(n)]
        self.inputs = [
            [[feed(shape[0]) for _ in range(self.T)] if factor.get("sequence") else feed(shape[0]) for _ in range(rows)]
            for shape, rows, factor in zip(given["shapes"], given["rows"], given["factors"])
        ]
        self.scale = [[rounded(0.5 + random.uniform()) for _ in range(rows)] for rows in given["rows"]]
        self.target = [rounded(random.normal()) for _ in range(math.prod(given["rows"]))]
        self.responses = [
            [[Response(given, factor, depth, j) for j in range(width)] for depth, width in enumerate(shape[1:])]
            for shape, factor in zip(given["shapes"], given["factors"])
        ]
        # Weights of the spikes of all time steps in what a read-out sees of each row.
        self.share = [[self.weights_at(factor, row) for row in range(rows)] for factor, rows in zip(given["factors"], given["rows"])]
        self.random = random
        self.least = math.inf

    def add(self, W, b):
        self.weights.append({"W": W, "b": b})

    def weights_at(self, factor, row):
        read = factor["readAt"][row] if "readAt" in factor else self.T - 1
        powers = [factor.get("readDecay", 1.0) ** (read - t) if t <= read else 0.0 for t in range(self.T)]
        return [power / sum(powers) for power in powers]

    def fed(self, m, row, t):
        return self.inputs[m][row][t] if self.given["factors"][m].get("sequence") else self.inputs[m][row]

    def run(self, slopes=lambda l, m, row: None, shift=lambda l, m, row: None):
        """The loss, with everything on the way. `slopes` has how W and b of a layer move, `shift` what is added to its biases."""
        given, T, rank = self.given, self.T, self.rank
        threshold, reset, centre = given["threshold"], given["reset"], given["centre"]
        traces, projections = [], []
        for m, rows in enumerate(given["rows"]):
            own = [l for l, (factor, _) in enumerate(self.layers) if factor == m]
            traces.append([])
            projections.append([])
            for row in range(rows):
                below = [[Dual(float(x)) for x in self.fed(m, row, t)] for t in range(T)]
                trace, rates = [], []
                for depth, l in enumerate(own[:-1]):
                    W, b = self.moved(l, slopes(l, m, row))
                    added = shift(l, m, row)
                    if added:
                        b = [one + more for one, more in zip(b, added)]
                    neurons = []
                    for j, response in enumerate(self.responses[m][depth]):
                        currents = [sum((w * s for w, s in zip(W[j], below[t])), Dual(0.0)) for t in range(T)]
                        membranes, spikes, answers = [], [], []
                        for t in range(T):
                            U = response.membrane(t, currents, b[j], spikes, threshold, reset)
                            x = U.value - threshold
                            self.least = min(self.least, abs(x))
                            density = math.exp(-x * x / (2 * SIGMA**2)) / (SIGMA * math.sqrt(2 * math.pi))
                            membranes.append(U.value)
                            # No derivative goes through the reset: it reads these, not the answers.
                            spikes.append(1 if x >= 0 else 0)
                            answers.append(Dual(float(spikes[t]), density * U.slope))
                        neurons.append((membranes, spikes, answers))
                    at = lambda which: [[neuron[which][t] for neuron in neurons] for t in range(T)]
                    below = at(2)
                    trace.append({"membranes": at(0), "spikes": at(1)})
                    rates.append([sum((s * w for s, w in zip(neuron[2], self.share[m][row])), Dual(0.0)) for neuron in neurons])
                W, b = self.moved(own[-1], slopes(own[-1], m, row))
                q = [sum((w * (r + -centre) for w, r in zip(W[i], rates[-1])), b[i]) * self.scale[m][row] for i in range(rank)]
                projections[m].append(q)
                traces[m].append({"trace": trace, "rates": [[r.value for r in layer] for layer in rates]})
        # Every combination of rows, the last factor's fastest.
        products = [[Dual(1.0)] * rank]
        for of_factor in projections:
            products = [[a * b for a, b in zip(left, right)] for left in products for right in of_factor]
        output = [sum(terms, Dual(0.0)) for terms in products]
        errors = [y + -wanted for y, wanted in zip(output, self.target)]
        return sum((e * e for e in errors), Dual(0.0)) * (1 / len(errors)), output, traces

    def moved(self, l, slope):
        W, b = self.weights[l]["W"], self.weights[l]["b"]
        if slope is None:
            return [[Dual(w) for w in row] for row in W], [Dual(value) for value in b]
        return (
            [[Dual(w, s) for w, s in zip(row, by)] for row, by in zip(W, slope["W"])],
            [Dual(value, s) for value, s in zip(b, slope["b"])],
        )

    def like(self, l, make):
        """W and b of a layer's shape; of b the input is -1."""
        W, b = self.weights[l]["W"], self.weights[l]["b"]
        return {
            "W": [[make(j, i) for i in range(len(row))] for j, row in enumerate(W)],
            "b": [make(j, -1) for j in range(len(b))],
        }

    def along(self, l, direction):
        """How the loss changes along a direction in one layer."""
        return self.run(slopes=lambda other, m, row: direction if other == l else None)[0].slope

    def exact(self, l):
        unit = lambda at: self.like(l, lambda j, i: float((j, i) == at))
        return self.like(l, lambda j, i: self.along(l, unit((j, i))))

    def sequence_weights(self, m, row=0):
        """
        [t][neuron] of a first layer in one row: what a unit current at t gives to the time-weighted membrane of a neuron that does not spike, over what a
        unit bias gives to it. None where inputs are held and pass no synapse.
        """
        factor = self.given["factors"][m]
        if not factor.get("sequence") and "synapse" not in factor:
            return None
        share = self.share[m][row]
        weights = []
        for t in range(self.T):
            weights.append([])
            for response in self.responses[m][0]:
                answer = sum(share[later] * response.kernel[later - t] for later in range(t, self.T))
                bias = sum(w * to_bias for w, to_bias in zip(share, response.to_bias))
                weights[t].append(answer / bias)
        return weights

    def layerwise(self):
        directions = [[self.like(l, lambda j, i: self.random.sign()) for l in range(len(self.weights))] for _ in range(DRAWS)]
        total = [self.like(l, lambda j, i: 0.0) for l in range(len(self.weights))]
        derivatives = []
        for maps in directions:
            derivatives.append([self.along(l, direction) for l, direction in enumerate(maps)])
            for l, (c, direction) in enumerate(zip(derivatives[-1], maps)):
                add_to(total[l], c / DRAWS, direction)
        return {"directions": directions, "gradient": total, "derivatives": derivatives}

    def activity(self, change, traces, readouts, signs):
        """Σ c ξ xᵀ over rows and draws; x is the input as its neuron weighs it over time, or the rate of the layer below."""
        total = [readouts.get(l) or self.like(l, lambda j, i: 0.0) for l in range(len(self.weights))]
        derivatives = [[0.0] * len(self.weights) for _ in range(DRAWS)]
        for l, (m, depth) in enumerate(self.layers):
            if depth is None:
                continue
            for row in range(self.given["rows"][m]):
                own = self.sequence_weights(m, row) if depth == 0 else None
                for k in range(DRAWS):
                    xi = signs[k][l][row]
                    c = change(l, m, row, xi)
                    derivatives[k][l] += c

                    def fed(j, i):
                        if i < 0:
                            return 1.0
                        if depth > 0:
                            return traces[m][row]["rates"][depth - 1][i]
                        if own is None:
                            return self.inputs[m][row][i]
                        return sum(own[t][j] * self.fed(m, row, t)[i] for t in range(self.T))

                    add_to(total[l], c / DRAWS, self.like(l, lambda j, i: xi[j] * fed(j, i)))
        return {"directions": signs, "gradient": total, "derivatives": derivatives}

    def shaken(self, l, m, row, xi):
        at = lambda amount: self.run(
            shift=lambda *place: [Dual(amount * s) for s in xi] if place == (l, m, row) else None
        )[0].value
        return (at(EPSILON) - at(-EPSILON)) / (2 * EPSILON)

    def pushed(self, l, m, row, xi):
        return self.run(shift=lambda *place: [Dual(0.0, float(s)) for s in xi] if place == (l, m, row) else None)[0].slope

    def signs(self):
        return [
            [
                [[self.random.sign() for _ in self.weights[l]["b"]] for _ in range(self.given["rows"][m])] if depth is not None else []
                for l, (m, depth) in enumerate(self.layers)
            ]
            for _ in range(DRAWS)
        ]


def add_to(total, by, one):
    for row, more in zip(total["W"], one["W"]):
        for i, w in enumerate(more):
            row[i] += by * w
    for j, w in enumerate(one["b"]):
        total["b"][j] += by * w


def case_of(given):
    seed = 0
    while True:
        seed += 1
        net = Net(given, seed)
        loss, output, traces = net.run()
        lively = all(
            sum(0 < r < 1 for rates in zip(*(row["rates"][d] for row in rows)) for r in rates) >= 3
            for rows in traces
            for d in range(len(rows[0]["rates"]))
        )
        if not lively or net.least < GAP:
            continue
        copy = lambda: {l: net.exact(l) for l, (_, depth) in enumerate(net.layers) if depth is None}
        nodes = net.activity(net.shaken, traces, copy(), net.signs())
        if net.least < GAP:
            continue
        gradient = [net.exact(l) for l in range(len(net.weights))]
        if any(max(abs(w) for row in one["W"] for w in row) < FELT for one in gradient):
            continue
        estimates = [
            {"method": "SG-BP", "directions": [], "gradient": gradient, "derivatives": []},
            {"method": "SG-RFG-L", **net.layerwise()},
            {"method": "SG-RFG-A", **net.activity(net.pushed, traces, copy(), net.signs())},
            {"method": "WP-A", **nodes},
        ]
        print(f"{given['name']}: seed {seed}, least distance {net.least:.4f}, loss {loss.value:.4f}")
        history = lambda which: [[[layer[which] for layer in row["trace"]] for row in rows] for rows in traces]
        same = ("name", "T", "leak", "threshold", "reset", "centre", "rank")
        return {
            **{key: given[key] for key in same},
            "factors": [
                # Those of rows that are read at different times are not the same.
                {**factor, **({"sequenceWeights": weights} if "readAt" not in factor and (weights := net.sequence_weights(m)) else {})}
                for m, factor in enumerate(given["factors"])
            ],
            **{"sigma": SIGMA, "epsilon": EPSILON, "seed": seed, "least_distance": net.least},
            "hidden": [shape[1:] for shape in given["shapes"]],
            **{"weights": net.weights, "inputs": net.inputs, "scale": net.scale, "target": net.target},
            **{"spikes": history("spikes"), "membranes": history("membranes")},
            **{"output": [y.value for y in output], "loss": loss.value, "estimates": estimates},
        }


CONVENTIONS = {
    "given": "shapes and constants of neurons, from which all else is computed: temporal-given.mts writes them",
    "dynamics": "U[t]=sum over s<=t of kernel(t-s)*(W x[s])+b*to_bias(t)-threshold*sum over s<t of leak^(t-s)*S[s]; S[t]=1 if U[t]>=threshold else 0",
    "kernel": "LIF: leak^n; CuBa-LIF (exponential): sum over m<=n of leak^(n-m)*decay^m; SRM (response): height*decay^(n-delay), 0 before",
    "to_bias": "SRM: 1; else the sum of the kernel up to t",
    "reset to zero": "U[t]=sum over s after the last spike of leak^(t-s)*I[s], I[s]=sum over m<=s of decay^(s-m)*(W x[m]+b)",
    "derivative": "of S: f(U-threshold) by the density of a normal distribution of width sigma; none through own spikes",
    "rates": "mean over time, or weights readDecay^(readAt-t) of t<=readAt, T-1 where it is missing, divided by their sum",
    "output": "sum over i of the product over factors of scale*(W (rate - centre) + b)_i; last factor fastest; loss: mean squared error",
    "layers": "factor by factor: hidden layers, then the read-out",
    "inputs": "[factor][row][input], of a sequence [factor][row][t][input]",
    "histories": "[factor][row][depth][t][neuron]; membranes before the reset",
    "sequenceWeights": "[t][neuron]: sum over later t' of rate weight(t')*kernel(t'-t), over the same of to_bias",
    "activity": "directions[k][layer][row][neuron]: xi, added to the biases of one row; inputs: sum of sequenceWeights*x, or rates below; read-outs: exact",
}

given = json.loads(FILE.read_text())["given"]
cases = [case_of(one) for one in given]
FILE.write_text(json.dumps({"conventions": CONVENTIONS, "given": given, "estimators": cases}, separators=(",", ":"), allow_nan=False) + "\n")
