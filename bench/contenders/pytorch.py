"""Trains the plain network for `npm run bench:step`: one command in JSON a line on stdin, one answer a line on stdout."""

import json
import math
import sys
import time

import torch
import torch.autograd.forward_ad as forward


class Spike(torch.autograd.Function):
    """H(x) whose derivative is SG."""

    @staticmethod
    def forward(ctx, x, sigma):
        ctx.save_for_backward(x)
        ctx.save_for_forward(x)
        ctx.sigma = sigma
        return (x >= 0).to(x.dtype)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy * surrogate(x, ctx.sigma), None

    @staticmethod
    def jvp(ctx, dx, _):
        (x,) = ctx.saved_tensors
        return dx * surrogate(x, ctx.sigma)


def surrogate(x, sigma):
    return torch.exp(x.square() * (-1 / (2 * sigma * sigma))) * (1 / (sigma * math.sqrt(2 * math.pi)))


class Run:
    """A network with its data; parameters are W, b of every layer in turn."""

    def __init__(self, message):
        self.net = message["network"]
        self.reverse = message["reverse"]
        self.parameters = self.unpack(message["theta"])
        for parameter in self.parameters:
            parameter.requires_grad_(True)
        adam = message["adam"]
        self.adam = torch.optim.Adam(
            self.parameters, lr=adam["rate"], betas=(adam["beta1"], adam["beta2"]), eps=adam["epsilon"]
        )
        self.x = torch.tensor(message["inputs"], dtype=torch.float32).reshape(-1, message["width"])
        self.target = torch.tensor(message["target"], dtype=torch.float32)
        self.batch = message["batch"]

    def unpack(self, flat):
        tensors = []
        for layer in self.net["layers"]:
            weights = torch.tensor(flat[layer["weights"] : layer["biases"]], dtype=torch.float32)
            tensors.append(weights.reshape(layer["outputs"], layer["inputs"]))
            tensors.append(torch.tensor(flat[layer["biases"] : layer["end"]], dtype=torch.float32))
        return tensors

    def loss(self, parameters, x, target):
        threshold, leak, sigma = self.net["threshold"], self.net["leak"], self.net["sigma"]
        depths = len(parameters) // 2 - 1
        affine = lambda input, l: torch.nn.functional.linear(input, parameters[2 * l], parameters[2 * l + 1])
        constant = affine(x, 0)
        membranes = [None] * depths
        total = None
        for _ in range(self.net["T"]):
            spikes = None
            for depth in range(depths):
                current = constant if depth == 0 else affine(spikes, depth)
                before = membranes[depth]
                if before is not None and leak != 1:
                    before = before * leak
                membrane = current if before is None else before + current
                spikes = Spike.apply(membrane - threshold, sigma)
                membranes[depth] = membrane - spikes.detach() * threshold
            total = spikes if total is None else total + spikes
        y = affine(total * (1 / self.net["T"]), depths).reshape(-1)
        return (y - target).square().mean()

    def gradient(self, x, target, direction):
        """Leaves the gradient, or its estimate along a direction, in the parameters."""
        self.adam.zero_grad(set_to_none=True)
        if self.reverse:
            self.loss(self.parameters, x, target).backward()
            return
        with torch.no_grad(), forward.dual_level():
            duals = [forward.make_dual(p.detach(), d) for p, d in zip(self.parameters, direction)]
            c = forward.unpack_dual(self.loss(duals, x, target)).tangent
        for parameter, d in zip(self.parameters, direction):
            parameter.grad = c * d

    def prove(self, message):
        x = torch.tensor(message["inputs"], dtype=torch.float32).reshape(-1, self.x.shape[1])
        direction = None if self.reverse else self.unpack(message["direction"])
        self.gradient(x, torch.tensor(message["target"], dtype=torch.float32), direction)
        return [value for parameter in self.parameters for value in parameter.grad.reshape(-1).tolist()]

    def steps(self, count):
        for _ in range(count):
            rows = torch.randint(self.x.shape[0], (self.batch,))
            direction = None
            if not self.reverse:
                direction = [torch.randint(0, 2, p.shape).to(p.dtype) * 2 - 1 for p in self.parameters]
            self.gradient(self.x[rows], self.target[rows], direction)
            self.adam.step()


torch.set_num_threads(1)
runs = {}
for line in sys.stdin:
    message = json.loads(line)
    kind, key = message["kind"], message["id"]
    answer = None
    if kind == "prepare":
        runs[key] = Run(message)
    elif kind == "prove":
        answer = runs[key].prove(message)
    elif kind == "steps":
        begun = time.perf_counter()
        runs[key].steps(message["count"])
        answer = 1000 * (time.perf_counter() - begun)
    else:
        del runs[key]
    print(json.dumps(answer), flush=True)
