"""Handwritten digits with a multilayer perceptron: Dataset, DataLoader, schedulers, checkpoints."""

import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.utils.data import DataLoader, Dataset

torch.set_default_dtype(torch.float64)
torch.manual_seed(42)
device = "cuda" if torch.cuda.is_available() else "cpu"
print(f"Using {device} device")


class ToTensor:
    def __call__(self, image):
        return torch.from_numpy(image / 16.0).unsqueeze(0)


class DigitsDataset(Dataset):
    def __init__(self, train=True, transform=None, target_transform=None):
        digits = load_digits()
        part = slice(0, 700) if train else slice(700, 1000)
        self.images = digits.images[part]
        self.labels = digits.target[part]
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, idx):
        image, label = self.images[idx], self.labels[idx]
        if self.transform:
            image = self.transform(image)
        if self.target_transform:
            label = self.target_transform(label)
        return image, label


training_data = DigitsDataset(train=True, transform=ToTensor())
test_data = DigitsDataset(train=False, transform=ToTensor(), target_transform=int)

batch_size = 64
train_dataloader = DataLoader(training_data, batch_size=batch_size, shuffle=True)
test_dataloader = DataLoader(test_data, batch_size=batch_size)

for X, y in test_dataloader:
    print(f"Shape of X [N, C, H, W]: {X.shape}")
    print(f"Shape of y: {y.shape} {y.dtype}")
    break

train_features, train_labels = next(iter(train_dataloader))
print(f"Feature batch shape: {train_features.size()}")
img = train_features[0].squeeze()
label = train_labels[0]
print(img)
print(f"Label: {label}")


class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(8 * 8, 48),
            nn.ReLU(),
            nn.Linear(48, 32),
            nn.ReLU(),
            nn.Linear(32, 10),
        )

    def forward(self, x):
        x = self.flatten(x)
        logits = self.linear_relu_stack(x)
        return logits


model = NeuralNetwork().to(device)
print(model)
for name, param in model.named_parameters():
    print(f"Layer: {name} | Size: {param.size()} | Values : {param[:2]} \n")

loss_fn = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.5)


def train(dataloader, model, loss_fn, optimizer):
    size = len(dataloader.dataset)
    model.train()
    total = 0
    for batch, (X, y) in enumerate(dataloader):
        X, y = X.to(device), y.to(device)

        # Compute prediction error
        pred = model(X)
        loss = loss_fn(pred, y)

        # Backpropagation
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        total += loss.item() * len(X)

        if batch % 5 == 0:
            loss, current = loss.item(), (batch + 1) * len(X)
            print(f"loss: {loss:>7f}  [{current:>5d}/{size:>5d}]")
    return total / size


def test(dataloader, model, loss_fn):
    size = len(dataloader.dataset)
    num_batches = len(dataloader)
    model.eval()
    test_loss, correct = 0, 0
    with torch.no_grad():
        for X, y in dataloader:
            X, y = X.to(device), y.to(device)
            pred = model(X)
            test_loss += loss_fn(pred, y).item()
            correct += (pred.argmax(1) == y).type(torch.float).sum().item()
    test_loss /= num_batches
    correct /= size
    print(f"Test Error: \n Accuracy: {(100 * correct):>0.1f}%, Avg loss: {test_loss:>8f} \n")
    return correct, test_loss


train_losses, test_losses, accuracies, rates = [], [], [], []
for t in range(5):
    print(f"Epoch {t + 1}\n-------------------------------")
    rates.append(scheduler.get_last_lr()[0])
    train_losses.append(train(train_dataloader, model, loss_fn, optimizer))
    accuracy, test_loss = test(test_dataloader, model, loss_fn)
    accuracies.append(accuracy)
    test_losses.append(test_loss)
    scheduler.step()
print("Done!")

# A second stretch: Adam with weight decay under a cosine
optimizer = torch.optim.Adam(model.parameters(), lr=5e-3, betas=(0.9, 0.99), weight_decay=1e-4)
scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=4, eta_min=1e-5)
for _ in range(4):
    train_losses.append(train(train_dataloader, model, loss_fn, optimizer))
    rates.append(optimizer.param_groups[0]["lr"])
    scheduler.step()
accuracy, test_loss = test(test_dataloader, model, loss_fn)

# One image
model.eval()
x, y = test_data[0][0], test_data[0][1]
with torch.no_grad():
    x = x.to(device)
    pred = model(x)
    probabilities = nn.Softmax(dim=1)(pred)
    predicted, actual = pred[0].argmax(0), y
    print(f'Predicted: "{predicted}", Actual: "{actual}"')

results = {
    "train_losses": train_losses,
    "test_losses": test_losses,
    "accuracies": accuracies,
    "rates": rates,
    "final": [accuracy, test_loss],
    "probabilities": probabilities.squeeze(0).tolist(),
    "weights": [p.sum().item() for p in model.parameters()],
    "first_batch": train_labels.tolist(),
    "parameters": sum(p.numel() for p in model.parameters() if p.requires_grad),
}
