"""Generative adversarial networks on a ring of points: the usual one, then WGAN-GP."""

import math

import torch
import torch.nn as nn
from torch import autograd, optim

torch.set_default_dtype(torch.float64)
manualSeed = 999
print("Random Seed: ", manualSeed)
torch.manual_seed(manualSeed)
device = torch.device("cuda:0" if torch.cuda.is_available() else "cpu")
nz, batch_size = 4, 48


def real_batch(n):
    angle = 2 * math.pi * torch.randint(0, 8, (n,)) / 8
    centre = torch.stack((torch.cos(angle), torch.sin(angle)), dim=1)
    return (centre + 0.05 * torch.randn(n, 2)).to(device)


def weights_init(m):
    classname = m.__class__.__name__
    if classname.find("Linear") != -1:
        nn.init.normal_(m.weight.data, 0.0, 0.2)
    elif classname.find("BatchNorm") != -1:
        nn.init.normal_(m.weight.data, 1.0, 0.02)
        nn.init.constant_(m.bias.data, 0)


class Generator(nn.Module):
    def __init__(self):
        super().__init__()

        def block(in_feat, out_feat, normalize=True):
            layers = [nn.Linear(in_feat, out_feat)]
            if normalize:
                layers.append(nn.BatchNorm1d(out_feat, 0.8))
            layers.append(nn.LeakyReLU(0.2, inplace=True))
            return layers

        self.model = nn.Sequential(
            *block(nz, 16, normalize=False),
            *block(16, 24),
            nn.Linear(24, 2),
        )

    def forward(self, z):
        return self.model(z)


class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.main = nn.Sequential(
            nn.Linear(2, 24),
            nn.LeakyReLU(0.2, inplace=True),
            nn.Dropout(0.1),
            nn.Linear(24, 16),
            nn.LeakyReLU(0.2),
            nn.Linear(16, 1),
        )

    def forward(self, input):
        return self.main(input)


netG = Generator().to(device)
netG.apply(weights_init)
print(netG)
netD = Discriminator().to(device)
netD.apply(weights_init)
print(netD)

criterion = nn.BCEWithLogitsLoss()
fixed_noise = torch.randn(6, nz, device=device)
real_label, fake_label = 1.0, 0.0
optimizerD = optim.Adam(netD.parameters(), lr=0.002, betas=(0.5, 0.999))
optimizerG = optim.Adam(netG.parameters(), lr=0.002, betas=(0.5, 0.999))

G_losses, D_losses, D_of_x = [], [], []
print("Starting Training Loop...")
for i in range(60):
    # (1) Update D: maximise log D(x) + log(1 - D(G(z)))
    netD.zero_grad()
    real = real_batch(batch_size)
    label = torch.full((batch_size,), real_label, dtype=real.dtype, device=device)
    output = netD(real).view(-1)
    errD_real = criterion(output, label)
    errD_real.backward()
    D_x = output.sigmoid().mean().item()
    noise = torch.randn(batch_size, nz, device=device)
    fake = netG(noise)
    label.fill_(fake_label)
    output = netD(fake.detach()).view(-1)
    errD_fake = criterion(output, label)
    errD_fake.backward()
    errD = errD_real + errD_fake
    optimizerD.step()

    # (2) Update G: maximise log D(G(z))
    netG.zero_grad()
    label.fill_(real_label)
    output = netD(fake).view(-1)
    errG = criterion(output, label)
    errG.backward()
    optimizerG.step()

    if i % 20 == 0:
        print(f"[{i}/60]\tLoss_D: {errD.item():.4f}\tLoss_G: {errG.item():.4f}\tD(x): {D_x:.4f}")
    G_losses.append(errG.item())
    D_losses.append(errD.item())
    D_of_x.append(D_x)
netG.eval()
with torch.no_grad():
    drawn = netG(fixed_noise).detach().cpu()


# The second: a critic without sigmoid, and a penalty on the norm of its gradient
def compute_gradient_penalty(D, real_samples, fake_samples):
    alpha = torch.rand((real_samples.size(0), 1), device=device)
    interpolates = (alpha * real_samples + (1 - alpha) * fake_samples).requires_grad_(True)
    d_interpolates = D(interpolates)
    gradients = autograd.grad(
        outputs=d_interpolates,
        inputs=interpolates,
        grad_outputs=torch.ones_like(d_interpolates),
        create_graph=True,
        retain_graph=True,
        only_inputs=True,
    )[0]
    gradients = gradients.view(gradients.size(0), -1)
    return ((gradients.norm(2, dim=1) - 1) ** 2).mean()


torch.manual_seed(3)
lambda_gp, n_critic = 10, 3
generator = nn.Sequential(nn.Linear(nz, 20), nn.ReLU(True), nn.Linear(20, 2)).to(device)
critic = nn.Sequential(
    nn.Linear(2, 20),
    nn.Softplus(),
    nn.LayerNorm(20),
    nn.Linear(20, 12),
    nn.Tanh(),
    nn.Linear(12, 1),
).to(device)
optimizer_G = optim.RMSprop(generator.parameters(), lr=5e-3)
optimizer_D = optim.Adam(critic.parameters(), lr=5e-3, betas=(0.0, 0.9))
wasserstein, penalties, g_losses = [], [], []
for i in range(30):
    optimizer_D.zero_grad()
    real_imgs = real_batch(batch_size)
    z = torch.randn(batch_size, nz, device=device)
    fake_imgs = generator(z).detach()
    gradient_penalty = compute_gradient_penalty(critic, real_imgs.data, fake_imgs.data)
    d_loss = -torch.mean(critic(real_imgs)) + torch.mean(critic(fake_imgs))
    (d_loss + lambda_gp * gradient_penalty).backward()
    optimizer_D.step()
    wasserstein.append(d_loss.item())
    penalties.append(gradient_penalty.item())
    if i % n_critic == 0:
        for p in critic.parameters():
            p.requires_grad_(False)
        optimizer_G.zero_grad()
        g_loss = -critic(generator(z)).mean()
        g_loss.backward()
        optimizer_G.step()
        g_losses.append(g_loss.item())
        for p in critic.parameters():
            p.requires_grad_(True)

results = {
    "G_losses": G_losses,
    "D_losses": D_losses,
    "D_of_x": D_of_x,
    "drawn": drawn.tolist(),
    "running_var": netG.model[3].running_var.tolist(),
    "wasserstein": wasserstein,
    "penalties": penalties,
    "g_losses": g_losses,
    "critic": [p.sum().item() for p in critic.parameters()],
}
