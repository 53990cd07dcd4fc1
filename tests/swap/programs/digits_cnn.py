"""A convolutional network with functional calls, and how a small perturbation fools it (FGSM)."""

import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
from sklearn.datasets import load_digits
from torch.optim.lr_scheduler import StepLR
from torch.utils.data import DataLoader, TensorDataset

torch.set_default_dtype(torch.float64)
torch.manual_seed(1)


class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()  # noqa: UP008
        self.conv1 = nn.Conv2d(1, 8, 3, 1, padding=1)
        self.bn1 = nn.BatchNorm2d(8)
        self.conv2 = nn.Conv2d(8, 12, kernel_size=3, bias=False)
        self.bn2 = nn.BatchNorm2d(12, momentum=0.05)
        self.dropout1 = nn.Dropout(0.25)
        self.dropout2 = nn.Dropout2d(0.1)
        self.fc1 = nn.Linear(12 * 3 * 3, 32)
        self.fc2 = nn.Linear(32, 10)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))  # 8 x 8 x 8
        x = self.dropout2(x)
        x = self.conv2(x)  # 12 x 6 x 6
        x = F.relu(self.bn2(x))
        x = F.max_pool2d(x, 2)  # 12 x 3 x 3
        x = self.dropout1(x)
        x = torch.flatten(x, 1)
        x = F.relu(self.fc1(x))
        x = F.dropout(x, p=0.2, training=self.training)
        x = self.fc2(x)
        return F.log_softmax(x, dim=1)


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5, padding=2)
        self.pool = nn.MaxPool2d(2, 2)
        self.conv2 = nn.Conv2d(6, 16, 3, stride=1, padding="same")
        self.fc1 = nn.Linear(16 * 2 * 2, 24)
        self.fc2 = nn.Linear(24, 10)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = F.avg_pool2d(torch.tanh(self.conv2(x)), (2, 2))
        x = x.view(-1, self.num_flat_features(x))
        return self.fc2(F.relu(self.fc1(x)))

    def num_flat_features(self, x):
        num_features = 1
        for s in x.size()[1:]:
            num_features *= s
        return num_features


def train(log_interval, model, device, train_loader, optimizer, epoch):
    model.train()
    losses = []
    for batch_idx, (data, target) in enumerate(train_loader):
        data, target = data.to(device), target.to(device)
        optimizer.zero_grad()
        output = model(data)
        loss = F.nll_loss(output, target)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        if batch_idx % log_interval == 0:
            print(
                f"Train Epoch: {epoch} [{batch_idx * len(data)}/{len(train_loader.dataset)} "
                f"({100.0 * batch_idx / len(train_loader):.0f}%)]\tLoss: {loss.item():.6f}"
            )
    return losses


def test(model, device, test_loader):
    model.eval()
    test_loss = 0
    correct = 0
    with torch.no_grad():
        for data, target in test_loader:
            data, target = data.to(device), target.to(device)
            output = model(data)
            test_loss += F.nll_loss(output, target, reduction="sum").item()
            pred = output.argmax(dim=1, keepdim=True)
            correct += pred.eq(target.view_as(pred)).sum().item()
    test_loss /= len(test_loader.dataset)
    print(f"\nTest set: Average loss: {test_loss:.4f}, Accuracy: {correct}\n")
    return test_loss, correct


def fgsm_attack(image, epsilon, data_grad):
    perturbed_image = image + epsilon * data_grad.sign()
    return torch.clamp(perturbed_image, 0, 1)


def attack(model, device, images, targets, epsilon):
    correct = 0
    for data, target in zip(images.split(1), targets.split(1), strict=True):
        data, target = data.to(device), target.to(device)
        data.requires_grad = True
        output = model(data)
        init_pred = output.max(1, keepdim=True)[1]
        if init_pred.item() != target.item():
            continue
        loss = F.nll_loss(output, target)
        model.zero_grad()
        loss.backward()
        perturbed = fgsm_attack(data, epsilon, data.grad.data)
        final_pred = model(perturbed).max(1, keepdim=True)[1]
        if final_pred.item() == target.item():
            correct += 1
    return correct / len(images)


device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
images, labels = load_digits(return_X_y=True)
images = torch.tensor(images / 16.0).view(-1, 1, 8, 8)
labels = torch.tensor(labels, dtype=torch.long)
train_loader = DataLoader(
    TensorDataset(images[:320], labels[:320]), batch_size=32, shuffle=True, drop_last=True
)
test_loader = DataLoader(TensorDataset(images[320:420], labels[320:420]), batch_size=50)

model = Net().to(device)
print(model)
optimizer = optim.SGD(model.parameters(), lr=0.05, momentum=0.9, nesterov=True)
scheduler = StepLR(optimizer, step_size=1, gamma=0.7)
losses, tests = [], []
for epoch in range(1, 4):
    losses += train(5, model, device, train_loader, optimizer, epoch)
    tests.append(test(model, device, test_loader))
    scheduler.step()
robust = [
    attack(model, device, images[320:350], labels[320:350], eps) for eps in (0, 0.05, 0.15, 0.3)
]
print(robust)

torch.manual_seed(7)
net = LeNet()
criterion = nn.CrossEntropyLoss(label_smoothing=0.1)
optimizer = optim.SGD(net.parameters(), lr=0.1, momentum=0.9, weight_decay=1e-3)
running = []
for epoch in range(2):
    running_loss = 0.0
    for i, data in enumerate(train_loader, 0):
        inputs, targets = data
        optimizer.zero_grad()
        outputs = net(inputs)
        loss = criterion(outputs, targets)
        loss.backward()
        optimizer.step()
        running_loss += loss.item()
        if i % 5 == 4:
            print(f"[{epoch + 1}, {i + 1:5d}] loss: {running_loss / 5:.3f}")
            running.append(running_loss / 5)
            running_loss = 0.0
correct_pred = dict.fromkeys(range(10), 0)
with torch.no_grad():
    for inputs, targets in test_loader:
        _, predicted = torch.max(net(inputs), 1)
        for target, prediction in zip(targets, predicted, strict=True):
            if target == prediction:
                correct_pred[target.item()] += 1

results = {
    "losses": losses,
    "tests": tests,
    "robust": robust,
    "running": running,
    "per_class": correct_pred,
    "bn1": [model.bn1.running_mean.tolist(), model.bn1.running_var.tolist()],
    "batches": model.bn2.num_batches_tracked.item(),
    "conv": model.conv1.weight.sum(dim=(1, 2, 3)).tolist(),
    "lenet": [p.norm().item() for p in net.parameters()],
    "predicted": predicted.tolist(),
}
