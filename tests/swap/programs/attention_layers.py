"""Attention as PyTorch's layer offers it: masks, padding, sines for positions, cross-attention."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(4)
vocab_size, n_embd, n_head = 15, 16, 4
block_size, batch_size = 12, 8


class PositionalEncoding(nn.Module):
    def __init__(self, d_model, dropout=0.1, max_len=50):
        super().__init__()
        self.dropout = nn.Dropout(p=dropout)
        position = torch.arange(max_len).unsqueeze(1)
        div_term = torch.exp(torch.arange(0, d_model, 2) * (-math.log(10000.0) / d_model))
        pe = torch.zeros(max_len, 1, d_model)
        pe[:, 0, 0::2] = torch.sin(position * div_term)
        pe[:, 0, 1::2] = torch.cos(position * div_term)
        self.register_buffer("pe", pe, persistent=False)

    def forward(self, x):
        x = x + self.pe[: x.size(0)]
        return self.dropout(x)


embedding = nn.Embedding(vocab_size, n_embd)
pos_encoder = PositionalEncoding(n_embd, 0.0)
attention = nn.MultiheadAttention(n_embd, n_head, dropout=0.0)
readout = nn.Linear(n_embd, vocab_size)
tokens = torch.randint(vocab_size, (batch_size, block_size))
targets = tokens.roll(-1, dims=1)
src = pos_encoder(embedding(tokens.t()) * math.sqrt(n_embd))  # (L, N, E)
mask = torch.triu(torch.full((block_size, block_size), float("-inf")), diagonal=1)
padding = torch.zeros(batch_size, block_size, dtype=torch.bool)
padding[3, 9:] = True
causal, weights = attention(src, src, src, attn_mask=mask, need_weights=True)
padded, none = attention(src, src, src, key_padding_mask=padding, need_weights=False)
assert none is None
loss = F.cross_entropy(readout(causal + padded).permute(1, 2, 0), targets)
loss.backward()
batched = nn.MultiheadAttention(n_embd, 2, batch_first=True, bias=False)
cross, per_head = batched(
    src.transpose(0, 1)[:, :5], src.transpose(0, 1), src.transpose(0, 1), average_attn_weights=False
)
print(cross.shape, per_head.shape)


# An encoder block of these layers learns which token was seen twice
class EncoderBlock(nn.Module):
    def __init__(self, d_model, nhead, dim_feedforward, dropout=0.1):
        super().__init__()
        self.self_attn = nn.MultiheadAttention(d_model, nhead, dropout=dropout, batch_first=True)
        self.linear1 = nn.Linear(d_model, dim_feedforward)
        self.linear2 = nn.Linear(dim_feedforward, d_model)
        self.norm1 = nn.LayerNorm(d_model, eps=1e-6)
        self.norm2 = nn.LayerNorm(d_model)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, key_padding_mask=None):
        attended, weights = self.self_attn(x, x, x, key_padding_mask=key_padding_mask)
        x = self.norm1(x + self.dropout(attended))
        fed = self.linear2(self.dropout(F.gelu(self.linear1(x), approximate="tanh")))
        return self.norm2(x + self.dropout(fed)), weights


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.cls = nn.Parameter(torch.zeros(1, 1, n_embd))
        self.embedding = nn.Embedding(vocab_size, n_embd, padding_idx=0)
        self.layers = nn.ModuleList([EncoderBlock(n_embd, 2, 24) for _ in range(2)])
        self.head = nn.Linear(n_embd, vocab_size)
        nn.init.trunc_normal_(self.cls, std=0.02)

    def forward(self, tokens):
        x = self.embedding(tokens)
        x = torch.cat([self.cls.expand(len(tokens), -1, -1), x], dim=1)
        ignore = F.pad(tokens == 0, (1, 0), value=False)
        for layer in self.layers:
            x, weights = layer(x, ignore)
        return self.head(x[:, 0]), weights


torch.manual_seed(13)
model = Classifier()
optimizer = torch.optim.Adam(model.parameters(), lr=5e-3, betas=(0.9, 0.98), eps=1e-9)
losses = []
for _ in range(15):
    rows = torch.stack([torch.randperm(vocab_size - 1)[:6] + 1 for _ in range(16)])
    rows[:, 5] = rows[:, 0]
    rows[::3, 4] = 0
    logits, weights_seen = model(rows)
    loss_step = F.cross_entropy(logits, rows[:, 0])
    optimizer.zero_grad()
    loss_step.backward()
    optimizer.step()
    losses.append(loss_step.item())
model.eval()
with torch.no_grad():
    logits, weights_seen = model(rows)
assert torch.allclose(weights_seen.sum(-1), torch.ones(16, 7))
assert (weights_seen[::3, :, 5] == 0).all()
print(f"loss {losses[0]:.4f} -> {losses[-1]:.4f}")

results = {
    "losses": losses,
    "logits": logits[:2].tolist(),
    "seen": weights_seen[0, 0].tolist(),
    "model": {name: p.pow(2).sum().item() for name, p in model.named_parameters()},
    "attention": weights[0].tolist(),
    "attention_loss": loss.item(),
    "in_proj": attention.in_proj_weight.grad.pow(2).sum(1).tolist(),
    "keys": list(attention.state_dict()) + list(pos_encoder.state_dict()),
    "cross": [cross.sum().item(), per_head[0, 1].tolist()],
}
