"""Which kind of sequence is it? RNN, LSTM and GRU classifiers over token sequences."""

import time

import torch
import torch.nn as nn
from torch.nn.utils import clip_grad_norm_
from torch.utils.data import DataLoader, TensorDataset, random_split

torch.set_default_dtype(torch.float64)
torch.manual_seed(11)
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")

vocab_size, embed_dim, hidden_dim, seq_len = 12, 6, 10, 9


def make_data(n):
    tokens = torch.randint(1, vocab_size, (n, seq_len))
    lengths = torch.randint(4, seq_len + 1, (n,))
    tokens[torch.arange(seq_len)[None, :] >= lengths[:, None]] = 0  # padding
    labels = (tokens.eq(3).sum(1) > tokens.eq(5).sum(1)).long()
    labels[tokens[:, 0] > 8] = 2
    return tokens, labels


class TextClassificationModel(nn.Module):
    def __init__(self, kind, num_layers=1, bidirectional=False, dropout=0.0):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim, padding_idx=0)
        layer = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[kind]
        self.rnn = layer(
            embed_dim,
            hidden_dim,
            num_layers,
            batch_first=True,
            bidirectional=bidirectional,
            dropout=dropout,
        )
        directions = 2 if bidirectional else 1
        self.fc = nn.Linear(hidden_dim * directions, 3)
        self.kind = kind
        self.init_weights()

    def init_weights(self):
        initrange = 0.5
        self.embedding.weight.data.uniform_(-initrange, initrange)
        self.fc.weight.data.uniform_(-initrange, initrange)
        self.fc.bias.data.zero_()

    def forward(self, text):
        embedded = self.embedding(text)  # (N, L, E)
        out, hidden = self.rnn(embedded)
        if self.kind == "lstm":
            hidden, cell = hidden
            assert cell.shape == hidden.shape
        if self.rnn.bidirectional:
            last = torch.cat((hidden[-2], hidden[-1]), dim=1)
        else:
            last = out[:, -1, :]
        return self.fc(last)


tokens, labels = make_data(240)
dataset = TensorDataset(tokens, labels)
split_train, split_valid = random_split(dataset, [200, 40])
train_loader = DataLoader(split_train, batch_size=32, shuffle=True)
valid_loader = DataLoader(split_valid, batch_size=20, shuffle=False)
print(len(split_train), len(split_valid), len(train_loader))


def train(model, optimizer, criterion):
    model.train()
    total_acc, total_count, total_loss = 0, 0, 0.0
    norms = []
    for text, label in train_loader:
        text, label = text.to(device), label.to(device)
        optimizer.zero_grad()
        predicted_label = model(text)
        loss = criterion(predicted_label, label)
        loss.backward()
        norms.append(clip_grad_norm_(model.parameters(), 0.5).item())
        optimizer.step()
        total_acc += (predicted_label.argmax(1) == label).sum().item()
        total_count += label.size(0)
        total_loss += loss.item()
    return total_loss / len(train_loader), total_acc / total_count, max(norms)


@torch.no_grad()
def evaluate(model):
    model.eval()
    total_acc, total_count = 0, 0
    for text, label in valid_loader:
        predicted_label = model(text.to(device))
        total_acc += (predicted_label.argmax(1) == label.to(device)).sum().item()
        total_count += label.size(0)
    return total_acc / total_count


results = {"labels": labels.tolist(), "split": list(split_valid.indices)}
for kind, options in {
    "rnn": {},
    "lstm": {"num_layers": 2, "dropout": 0.2},
    "gru": {"bidirectional": True},
}.items():
    model = TextClassificationModel(kind, **options).to(device)
    print(model)
    optimizer = torch.optim.SGD(model.parameters(), lr=2.0)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 1.0, gamma=0.5)
    criterion = torch.nn.CrossEntropyLoss()
    total_accu = None
    log = []
    for epoch in range(1, 4):
        epoch_start_time = time.time()
        log.append(train(model, optimizer, criterion))
        accu_val = evaluate(model)
        if total_accu is not None and total_accu > accu_val:
            scheduler.step()
        else:
            total_accu = accu_val
        assert time.time() >= epoch_start_time
        print("-" * 40)
        print(f"| end of epoch {epoch:3d} | valid accuracy {accu_val:8.3f} ")
        print("-" * 40)
    results[kind] = log
    results[f"{kind} rate"] = scheduler.get_last_lr()
    results[f"{kind} accuracy"] = total_accu
    results[f"{kind} keys"] = list(model.state_dict())
    results[f"{kind} sums"] = [p.sum().item() for p in model.parameters()]
    results[f"{kind} padding"] = model.embedding.weight.grad[0].tolist()

# Stepping through a sequence by hand, time first, with a hidden state of our own
lstm = nn.LSTM(3, 3)
inputs = [torch.randn(1, 3) for _ in range(5)]
hidden = (torch.randn(1, 1, 3), torch.randn(1, 1, 3))
start = hidden
for i in inputs:
    out, hidden = lstm(i.view(1, 1, -1), hidden)
inputs = torch.cat(inputs).view(len(inputs), 1, -1)
whole, final = lstm(inputs, start)
print(whole)
print(final)
assert torch.allclose(whole[-1], out[0])
cell = nn.LSTMCell(3, 3)
gru_cell = nn.GRUCell(3, 3)
h, c = start[0][0], start[1][0]
g = torch.zeros(1, 3)
for i in inputs:
    h, c = cell(i, (h, c))
    g = gru_cell(i, g)
results["stepped"] = [out.tolist(), h.tolist(), c.tolist(), g.tolist()]

# Truncated backpropagation through time: predict the next value of a sine
wave = torch.sin(torch.arange(0, 60, 0.5))[:, None, None]  # (L, 1, 1)
rnn = nn.RNN(1, 8, nonlinearity="relu")
readout = nn.Linear(8, 1)
opt = torch.optim.Adam([*rnn.parameters(), *readout.parameters()], lr=0.01)
truncated = []
h = None
for begin in range(0, 100, 20):
    piece, target = wave[begin : begin + 20], wave[begin + 1 : begin + 21]
    if h is not None:
        h = h.detach()
    out, h = rnn(piece, h)
    loss = nn.functional.mse_loss(readout(out), target)
    opt.zero_grad()
    loss.backward()
    opt.step()
    truncated.append(loss.item())
results["truncated"] = truncated
