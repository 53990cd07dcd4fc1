"""Word vectors: an n-gram language model, bags of words, skip-grams with negative samples."""

import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim

torch.manual_seed(1)

CONTEXT_SIZE = 2
EMBEDDING_DIM = 8
text = """a network is a graph of small machines and each machine adds up
what it is told then it says one number to the machines that follow
a machine learns when the number it says was wrong and it learns most
when the number was far from right"""
raw_text = text.split()
vocab = sorted(set(raw_text))
word_to_ix = {word: i for i, word in enumerate(vocab)}

embeds = nn.Embedding(2, 5)
lookup_tensor = torch.tensor([{"hello": 0, "world": 1}["hello"]], dtype=torch.long)
print(embeds(lookup_tensor))

ngrams = [
    ([raw_text[i - j - 1] for j in range(CONTEXT_SIZE)], raw_text[i])
    for i in range(CONTEXT_SIZE, len(raw_text))
]
print(ngrams[:3])


class NGramLanguageModeler(nn.Module):
    def __init__(self, vocab_size, embedding_dim, context_size):
        super().__init__()
        self.embeddings = nn.Embedding(vocab_size, embedding_dim)
        self.linear1 = nn.Linear(context_size * embedding_dim, 24)
        self.linear2 = nn.Linear(24, vocab_size)

    def forward(self, inputs):
        embeds = self.embeddings(inputs).view((1, -1))
        out = F.relu(self.linear1(embeds))
        out = self.linear2(out)
        log_probs = F.log_softmax(out, dim=1)
        return log_probs


losses = []
loss_function = nn.NLLLoss()
model = NGramLanguageModeler(len(vocab), EMBEDDING_DIM, CONTEXT_SIZE)
optimizer = optim.SGD(model.parameters(), lr=0.01)
for _epoch in range(4):
    total_loss = 0
    for context, target in ngrams:
        context_idxs = torch.tensor([word_to_ix[w] for w in context], dtype=torch.long)
        model.zero_grad()
        log_probs = model(context_idxs)
        loss = loss_function(log_probs, torch.tensor([word_to_ix[target]], dtype=torch.long))
        loss.backward()
        optimizer.step()
        total_loss += loss.item()
    losses.append(total_loss)
print(losses)
print(model.embeddings.weight[word_to_ix["machine"]])


# Continuous bag of words, all contexts in one batch
def make_context_vector(context, word_to_ix):
    idxs = [word_to_ix[w] for w in context]
    return torch.tensor(idxs, dtype=torch.long)


contexts, targets = [], []
for i in range(2, len(raw_text) - 2):
    contexts.append(raw_text[i - 2 : i] + raw_text[i + 1 : i + 3])
    targets.append(word_to_ix[raw_text[i]])
context_batch = torch.stack([make_context_vector(c, word_to_ix) for c in contexts])
target_batch = torch.tensor(targets)
print(context_batch.shape, context_batch[0])


class CBOW(nn.Module):
    def __init__(self, vocab_size, embedding_dim):
        super().__init__()
        self.embeddings = nn.Embedding(vocab_size, embedding_dim, max_norm=None)
        self.proj = nn.Linear(embedding_dim, 20)
        self.output = nn.Linear(20, vocab_size)

    def forward(self, inputs):
        summed = self.embeddings(inputs).sum(dim=1)
        return self.output(torch.relu(self.proj(summed)))


cbow = CBOW(len(vocab), EMBEDDING_DIM)
optimizer = optim.Adam(cbow.parameters(), lr=0.02)
criterion = nn.CrossEntropyLoss()
cbow_losses = []
for _ in range(15):
    optimizer.zero_grad()
    loss = criterion(cbow(context_batch), target_batch)
    loss.backward()
    optimizer.step()
    cbow_losses.append(loss.item())
guess = vocab[cbow(context_batch[:1]).argmax().item()]
print(contexts[0], guess)

# Skip-grams: near pairs against random ones
centre = nn.Embedding(len(vocab), EMBEDDING_DIM)
outside = nn.Embedding.from_pretrained(torch.zeros(len(vocab), EMBEDDING_DIM), freeze=False)
optimizer = optim.Adagrad([centre.weight, outside.weight], lr=0.1)
pairs = torch.tensor(
    [
        [word_to_ix[raw_text[i]], word_to_ix[raw_text[j]]]
        for i in range(len(raw_text))
        for j in (i - 1, i + 1)
        if 0 <= j < len(raw_text)
    ]
)
skip_losses = []
for _ in range(6):
    negatives = torch.randint(len(vocab), (len(pairs), 3))
    c = centre(pairs[:, 0])  # (P, E)
    positive = (c * outside(pairs[:, 1])).sum(1)
    negative = torch.bmm(outside(negatives), c.unsqueeze(2)).squeeze(2)
    loss = -F.logsigmoid(positive).mean() - F.logsigmoid(-negative).sum(1).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    skip_losses.append(loss.item())
vectors = F.normalize(centre.weight.detach(), dim=1)
similarity = vectors @ vectors[word_to_ix["machine"]]
score, nearest = similarity.topk(4)
print({vocab[i]: round(s.item(), 3) for s, i in zip(score, nearest, strict=True)})

results = {
    "losses": losses,
    "cbow_losses": cbow_losses,
    "guess": guess,
    "skip_losses": skip_losses,
    "nearest": [vocab[i] for i in nearest],
    "scores": score.tolist(),
    "machine": model.embeddings.weight[word_to_ix["machine"]].tolist(),
    "touched": (outside.weight.grad != 0).any(dim=1).sum().item(),
}
