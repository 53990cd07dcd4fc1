"""Variational autoencoders on 8 x 8 digits: one of linear layers, one convolutional."""

import torch
import torch.utils.data
from sklearn.datasets import load_digits
from torch import nn, optim
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(1)
use_cuda = torch.cuda.is_available()
device = torch.device("cuda") if use_cuda else torch.device("cpu")

images = torch.as_tensor(load_digits().images / 16.0).unsqueeze(1)
train_loader = torch.utils.data.DataLoader(images[:320], batch_size=64, shuffle=True)
test_loader = torch.utils.data.DataLoader(images[320:400], batch_size=40, shuffle=False)


class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(64, 40)
        self.fc21 = nn.Linear(40, 4)
        self.fc22 = nn.Linear(40, 4)
        self.fc3 = nn.Linear(4, 40)
        self.fc4 = nn.Linear(40, 64)

    def encode(self, x):
        h1 = F.relu(self.fc1(x))
        return self.fc21(h1), self.fc22(h1)

    def reparameterize(self, mu, logvar):
        std = torch.exp(0.5 * logvar)
        eps = torch.randn_like(std)
        return mu + eps * std

    def decode(self, z):
        h3 = F.relu(self.fc3(z))
        return torch.sigmoid(self.fc4(h3))

    def forward(self, x):
        mu, logvar = self.encode(x.view(-1, 64))
        z = self.reparameterize(mu, logvar)
        return self.decode(z), mu, logvar


class ConvVAE(VAE):
    """The same with a convolutional encoder and a transposed-convolution decoder."""

    def __init__(self, latent=3):
        nn.Module.__init__(self)
        self.encoder = nn.Sequential(
            nn.Conv2d(1, 6, 3, stride=2, padding=1),  # 4 x 4
            nn.LeakyReLU(0.1),
            nn.Conv2d(6, 12, 3, stride=2, padding=1),  # 2 x 2
            nn.LeakyReLU(0.1),
            nn.Flatten(),
        )
        self.to_latent = nn.Linear(12 * 2 * 2, 2 * latent)
        self.from_latent = nn.Linear(latent, 12 * 2 * 2)
        self.decoder = nn.Sequential(
            nn.Unflatten(1, (12, 2, 2)),
            nn.ConvTranspose2d(12, 6, 4, stride=2, padding=1),  # 4 x 4
            nn.ELU(),
            nn.ConvTranspose2d(6, 4, 3, stride=2, padding=1, output_padding=1),  # 8 x 8
            nn.SiLU(),
            nn.ConvTranspose2d(4, 1, 3, padding=1),
            nn.Sigmoid(),
        )

    def decode(self, z):
        return self.decoder(self.from_latent(z)).flatten(1)

    def forward(self, x):
        mu, logvar = self.to_latent(self.encoder(x)).chunk(2, dim=1)
        z = self.reparameterize(mu, logvar)
        return self.decode(z), mu, logvar


# Reconstruction + KL divergence summed over all elements and batch
def loss_function(recon_x, x, mu, logvar):
    BCE = F.binary_cross_entropy(recon_x, x.view(-1, 64), reduction="sum")
    KLD = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return BCE + KLD


def train(model, optimizer, epoch):
    model.train()
    train_loss = 0
    for batch_idx, data in enumerate(train_loader):
        data = data.to(device)
        optimizer.zero_grad()
        recon_batch, mu, logvar = model(data)
        loss = loss_function(recon_batch, data, mu, logvar)
        loss.backward()
        train_loss += loss.item()
        optimizer.step()
        if batch_idx % 2 == 0:
            print(f"Train Epoch: {epoch} {batch_idx}\tLoss: {loss.item() / len(data):.6f}")
    return train_loss / len(train_loader.dataset)


def test(model):
    model.eval()
    test_loss = 0
    with torch.no_grad():
        for data in test_loader:
            data = data.to(device)
            recon_batch, mu, logvar = model(data)
            test_loss += loss_function(recon_batch, data, mu, logvar).item()
            comparison = torch.cat([data[:8], recon_batch.view(40, 1, 8, 8)[:8]])
    return test_loss / len(test_loader.dataset), comparison.mean(dim=(1, 2, 3)).tolist()


results = {}
for kind in (VAE, ConvVAE):
    model = kind().to(device)
    print(model)
    optimizer = optim.Adam(model.parameters(), lr=1e-2)
    train_losses = [train(model, optimizer, epoch) for epoch in range(1, 4)]
    test_loss, comparison = test(model)
    print(f"====> Test set loss: {test_loss:.4f}")
    with torch.no_grad():
        latent = 4 if kind is VAE else 3
        sample = torch.randn(5, latent).to(device)
        sample = model.decode(sample).cpu()
    results[kind.__name__] = {
        "train": train_losses,
        "test": test_loss,
        "comparison": comparison,
        "sample": sample.view(5, 8, 8).sum(2).tolist(),
        "weights": {n: w.pow(2).mean().sqrt().item() for n, w in model.named_parameters()},
    }
