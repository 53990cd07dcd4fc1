"""Logistic regression and a small network on a table from scikit-learn, in single precision."""

import numpy as np
import torch
import torch.nn as nn
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from torch.utils.data import DataLoader, Dataset, Subset, WeightedRandomSampler, random_split

torch.manual_seed(0)
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")

bc = load_breast_cancer()
X, y = bc.data, bc.target
n_samples, n_features = X.shape
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=1234)
sc = StandardScaler()
X_train = sc.fit_transform(X_train)
X_test = sc.transform(X_test)

X_train = torch.from_numpy(X_train.astype(np.float32)).to(device)
X_test = torch.from_numpy(X_test.astype(np.float32)).to(device)
y_train = torch.from_numpy(y_train.astype(np.float32)).to(device)
y_test = torch.from_numpy(y_test.astype(np.float32)).to(device)
y_train = y_train.view(y_train.shape[0], 1)
y_test = y_test.view(y_test.shape[0], 1)
print(X_train.shape, X_train.dtype, y_train.shape)


class Model(nn.Module):
    def __init__(self, n_input_features):
        super().__init__()
        self.linear = nn.Linear(n_input_features, 1)

    def forward(self, x):
        y_pred = torch.sigmoid(self.linear(x))
        return y_pred


model = Model(n_features).to(device)
num_epochs = 60
criterion = nn.BCELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
losses = []
for epoch in range(num_epochs):
    y_pred = model(X_train)
    loss = criterion(y_pred, y_train)
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    losses.append(loss.item())
    if (epoch + 1) % 20 == 0:
        print(f"epoch: {epoch + 1}, loss = {loss.item():.4f}")

with torch.no_grad():
    y_predicted = model(X_test)
    y_predicted_cls = y_predicted.round()
    acc = y_predicted_cls.eq(y_test).sum() / float(y_test.shape[0])
    print(f"accuracy: {acc.item():.4f}")
[w, b] = model.parameters()
strongest = w[0].abs().argsort(descending=True)[:3]
print([str(bc.feature_names[i]) for i in strongest])


class TableDataset(Dataset):
    def __init__(self, x, y):
        self.x = x
        self.y = y
        self.n_samples = x.shape[0]

    def __getitem__(self, index):
        return self.x[index], self.y[index]

    def __len__(self):
        return self.n_samples


dataset = TableDataset(X_train, y_train)
features, labels = dataset[0]
print(features[:4], labels)
train_part, valid_part = random_split(
    dataset, [0.8, 0.2], generator=torch.Generator().manual_seed(42)
)
small = Subset(train_part, range(0, 300))
train_loader = DataLoader(dataset=small, batch_size=50, shuffle=True, num_workers=0)
valid_loader = DataLoader(valid_part, batch_size=len(valid_part))
print(len(train_part), len(valid_part), len(small), len(train_loader))


class Network(nn.Module):
    def __init__(self, input_size, hidden_size, p=0.2):
        super().__init__()
        self.l1 = nn.Linear(input_size, hidden_size)
        self.bn = nn.BatchNorm1d(hidden_size)
        self.relu = nn.ReLU()
        self.drop = nn.Dropout(p)
        self.l2 = nn.Linear(hidden_size, 1)

    def forward(self, x):
        out = self.l1(x)
        out = self.bn(out)
        out = self.relu(out)
        out = self.drop(out)
        out = self.l2(out)
        return out


torch.manual_seed(77)
net = Network(n_features, 12).to(device)
pos_weight = (y_train == 0).sum() / (y_train == 1).sum()
criterion = nn.BCEWithLogitsLoss(pos_weight=pos_weight)
optimizer = torch.optim.SGD(net.parameters(), lr=0.02, momentum=0.9)
train_curve, valid_curve = [], []
for epoch in range(3):
    net.train()
    running = 0.0
    for inputs, labels in train_loader:
        optimizer.zero_grad()
        outputs = net(inputs)
        loss = criterion(outputs, labels)
        loss.backward()
        optimizer.step()
        running += loss.item() * inputs.size(0)
    train_curve.append(running / len(small))
    net.eval()
    with torch.no_grad():
        for inputs, labels in valid_loader:
            valid_curve.append(criterion(net(inputs), labels).item())
    print(f"{epoch}: {train_curve[-1]:.4f} {valid_curve[-1]:.4f}")

probabilities = torch.sigmoid(net(X_test)).detach().cpu().numpy()
print(type(probabilities), probabilities.shape, probabilities.dtype)
predictions = (probabilities > 0.5).astype(int)
targets = y_test.cpu().numpy().astype(int)
true_positive = int(((predictions == 1) & (targets == 1)).sum())
sampler = WeightedRandomSampler(
    weights=[0.9 if label == 0 else 0.1 for label in y_train], num_samples=20, replacement=True
)
drawn = [labels.sum().item() for _, labels in DataLoader(dataset, batch_size=10, sampler=sampler)]

results = {
    "losses": losses,
    "accuracy": acc.item(),
    "weight": w.sum().item(),
    "bias": b.item(),
    "strongest": strongest.tolist(),
    "split": list(valid_part.indices[:10]),
    "train_curve": train_curve,
    "valid_curve": valid_curve,
    "probabilities": probabilities[:10].ravel().tolist(),
    "true_positive": true_positive,
    "pos_weight": pos_weight.item(),
    "drawn": drawn,
}
