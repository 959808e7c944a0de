"""Plain PyTorch loops of the methods that the benchmark times, for comparison: the same networks, losses, batches and optimiser,
written as one would write them from the papers. The data are random: speed does not depend on them.

Usage: pytorch_loop.py METHOD ROWS SIDE THREADS EPOCHS -> seconds of each epoch, a line each."""
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

K = 10


def perceptron(sizes):
    layers = []
    for i, (inputs, outputs) in enumerate(zip(sizes, sizes[1:])):
        layers.append(nn.Linear(inputs, outputs))
        if i < len(sizes) - 2:
            layers.append(nn.ReLU(inplace=True))
    return nn.Sequential(*layers)


def squared_distances(z, r):
    return (z.unsqueeze(1) - r.unsqueeze(0)).pow(2).sum(2)


class Autoencoder(nn.Module):
    """d-500-500-2000-10 and its mirror."""

    def __init__(self, size):
        super().__init__()
        sizes = [size, 500, 500, 2000, K]
        self.encoder = perceptron(sizes)
        self.decoder = perceptron(sizes[::-1])
        self.centroids = nn.Parameter(torch.randn(K, K))


class Perceptron:
    """What the methods with an autoencoder share: batches of 256, Adam, and a loss of each."""

    batch = 256
    drop_last = False

    def __init__(self, rows, side):
        self.data = torch.rand(rows, side * side)
        self.model = Autoencoder(side * side)
        self.optimizer = torch.optim.Adam(self.model.parameters(), 1e-3)

    def reconstruction(self, x, z):
        return (self.model.decoder(z) - x).pow(2).sum(1).mean()

    def step(self, x, indices):
        loss = self.loss(x, self.model.encoder(x), indices)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()

    @torch.no_grad()
    def embed_all(self):
        return torch.cat([self.model.encoder(x) for x in self.data.split(256)])


class Pretraining(Perceptron):
    def loss(self, x, z, indices):
        return self.reconstruction(x, z)


class Idec(Perceptron):
    refresh = 140
    iteration = 0

    def assignments(self, z):
        q = 1 / (1 + squared_distances(z, self.model.centroids))
        return q / q.sum(1, keepdim=True)

    @torch.no_grad()
    def targets(self):
        q = self.assignments(self.embed_all())
        weight = q ** 2 / q.sum(0)
        return weight / weight.sum(1, keepdim=True)

    def loss(self, x, z, indices):
        if self.iteration % self.refresh == 0:
            self.target = self.targets()
        self.iteration += 1
        loss = F.kl_div(self.assignments(z).log(), self.target[indices], reduction="batchmean")
        return loss + 10 * F.mse_loss(self.model.decoder(z), x)


class Dec(Idec):
    def loss(self, x, z, indices):
        if self.iteration % self.refresh == 0:
            self.target = self.targets()
        self.iteration += 1
        return F.kl_div(self.assignments(z).log(), self.target[indices], reduction="batchmean")


class Dcn(Perceptron):
    def __init__(self, rows, side):
        super().__init__(rows, side)
        self.labels = torch.randint(K, (rows,))
        self.counts = torch.full((K,), 100.0)

    def loss(self, x, z, indices):
        centroids = self.model.centroids.detach()[self.labels[indices]]
        return self.reconstruction(x, z) + 0.05 * (z - centroids).pow(2).sum(1).mean()

    def step(self, x, indices):
        super().step(x, indices)
        with torch.no_grad():
            z = self.model.encoder(x)
            labels = squared_distances(z, self.model.centroids).argmin(1)
            self.labels[indices] = labels
            members = F.one_hot(labels, K).float()
            self.counts += members.sum(0)
            self.model.centroids += (members.T @ z - members.sum(0).unsqueeze(1) * self.model.centroids) / self.counts.unsqueeze(1)


class DeepKMeans(Perceptron):
    def loss(self, x, z, indices):
        distances = squared_distances(z, self.model.centroids)
        weights = F.softmax(-1000 * (distances - distances.min(1, keepdim=True)[0]), 1)
        return self.reconstruction(x, z) + (distances * weights).sum(1).mean()


class Centering(Perceptron):
    """Without the k-means after each epoch."""

    def loss(self, x, z, indices):
        distances = squared_distances(z, self.model.centroids.detach())
        weights = F.softmax(-3 * distances.clamp_min(1e-12).log(), 1)
        return self.reconstruction(x, z) + (distances * weights).sum(1).mean()


class Ddc:
    """The convolutional network, the clustering module and the Cauchy-Schwarz losses."""

    batch = 120
    drop_last = True

    def __init__(self, rows, side):
        self.data = torch.rand(rows, 1, side, side)
        blocks = [
            nn.Sequential(nn.Conv2d(inputs, 32, width), nn.ReLU(True), nn.Conv2d(32, 32, width), nn.BatchNorm2d(32), nn.ReLU(True))
            for inputs, width in [(1, 5), (32, 3)]
        ]
        left = ((side - 8) // 2 - 4) // 2
        self.model = nn.ModuleDict({
            "first": blocks[0], "second": blocks[1],
            "hidden": nn.Sequential(nn.Flatten(), nn.Linear(32 * left * left, 100), nn.ReLU(True), nn.BatchNorm1d(100)),
            "output": nn.Linear(100, K),
        })
        self.optimizer = torch.optim.Adam(self.model.parameters(), 1e-3)

    @staticmethod
    def kernel(x):
        x = x.flatten(1)
        norms = x.pow(2).sum(1)
        distances = F.relu(norms.unsqueeze(0) + norms.unsqueeze(1) - 2 * x @ x.T)
        return torch.exp(-distances / (2 * 0.15 * distances.detach().median().clamp_min(1e-9)))

    @staticmethod
    def divergence(a, kernel):
        similarity = a.T @ kernel @ a
        own = similarity.diag()
        ratios = similarity.clamp_min(1e-9) / (own.unsqueeze(0) * own.unsqueeze(1)).clamp_min(1e-18).sqrt()
        return 2 / (K * (K - 1)) * ratios.triu(1).sum()

    def auxiliary(self, blocks, a):
        return 0

    def step(self, x, indices):
        first = self.model["first"](x)
        second = F.max_pool2d(self.model["second"](F.max_pool2d(first, 2)), 2)
        hidden = self.model["hidden"](second)
        a = F.softmax(self.model["output"](hidden), 1)
        kernel = self.kernel(hidden)
        n = a.shape[0]
        loss = self.divergence(a, kernel) + (a @ a.T).triu(1).sum() * 2 / (n * (n - 1))
        corners = torch.exp(-(a.pow(2).sum(1, keepdim=True) - 2 * a + 1))
        loss = loss + self.divergence(corners, kernel) + self.auxiliary([first, second], a)
        self.optimizer.zero_grad()
        loss.backward()
        for parameter in self.model.parameters():
            nn.utils.clip_grad_norm_([parameter], 10)
        self.optimizer.step()


class DdcUcoNaive(Ddc):
    """With companions on the first block before its pooling and on the second after it."""

    def auxiliary(self, blocks, a):
        return 0.01 * sum(self.divergence(a, self.kernel(block)) for block in blocks)


METHODS = {
    "AutoencoderKMeans": Pretraining, "Dec": Dec, "Idec": Idec, "Dcn": Dcn, "DeepKMeans": DeepKMeans, "Centering": Centering,
    "Ddc": Ddc, "DdcUco": DdcUcoNaive,
}


def main():
    method, rows, side, threads, epochs = sys.argv[1], *map(int, sys.argv[2:6])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    system = METHODS[method](rows, side)
    system.model.train()
    for _ in range(epochs):
        start = time.perf_counter()
        for indices in torch.randperm(rows).split(system.batch):
            if len(indices) == system.batch or not system.drop_last:
                system.step(system.data[indices], indices)
        print(f"{time.perf_counter() - start:.4f}", flush=True)


main()
