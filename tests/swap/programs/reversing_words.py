"""Sequence to sequence: a GRU encoder and an attending decoder that learn to reverse words."""

import random

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import optim
from torch.nn.utils.rnn import pad_sequence
from torch.utils.data import DataLoader, Dataset

torch.set_default_dtype(torch.float64)
torch.manual_seed(31)
random.seed(31)
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")

PAD_token, SOS_token, EOS_token = 0, 1, 2
letters = "abcdef"
MAX_LENGTH = 6
hidden_size = 12
n_tokens = len(letters) + 3


def tensor_from_word(word):
    indexes = [letters.index(letter) + 3 for letter in word]
    indexes.append(EOS_token)
    return torch.tensor(indexes, dtype=torch.long, device=device)


class WordPairs(Dataset):
    def __init__(self, n):
        self.words = ["".join(random.choices(letters, k=random.randint(2, 5))) for _ in range(n)]

    def __len__(self):
        return len(self.words)

    def __getitem__(self, i):
        word = self.words[i]
        return tensor_from_word(word), tensor_from_word(word[::-1])


def collate(batch):
    inputs, targets = zip(*batch, strict=True)
    return (
        pad_sequence(list(inputs), batch_first=True, padding_value=PAD_token),
        pad_sequence(list(targets), batch_first=True, padding_value=PAD_token),
    )


class EncoderRNN(nn.Module):
    def __init__(self, input_size, hidden_size, dropout_p=0.1):
        super().__init__()
        self.embedding = nn.Embedding(input_size, hidden_size)
        self.gru = nn.GRU(hidden_size, hidden_size, batch_first=True)
        self.dropout = nn.Dropout(dropout_p)

    def forward(self, input):
        embedded = self.dropout(self.embedding(input))
        output, hidden = self.gru(embedded)
        return output, hidden


class BahdanauAttention(nn.Module):
    def __init__(self, hidden_size):
        super().__init__()
        self.Wa = nn.Linear(hidden_size, hidden_size)
        self.Ua = nn.Linear(hidden_size, hidden_size)
        self.Va = nn.Linear(hidden_size, 1, bias=False)

    def forward(self, query, keys):
        scores = self.Va(torch.tanh(self.Wa(query) + self.Ua(keys)))
        scores = scores.squeeze(2).unsqueeze(1)
        weights = F.softmax(scores, dim=-1)
        context = torch.bmm(weights, keys)
        return context, weights


class AttnDecoderRNN(nn.Module):
    def __init__(self, hidden_size, output_size, dropout_p=0.1):
        super().__init__()
        self.embedding = nn.Embedding(output_size, hidden_size)
        self.attention = BahdanauAttention(hidden_size)
        self.gru = nn.GRU(2 * hidden_size, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size, output_size)
        self.dropout = nn.Dropout(dropout_p)

    def forward(self, encoder_outputs, encoder_hidden, target_tensor=None):
        batch_size = encoder_outputs.size(0)
        decoder_input = torch.empty(batch_size, 1, dtype=torch.long, device=device)
        decoder_input.fill_(SOS_token)
        decoder_hidden = encoder_hidden
        decoder_outputs = []
        attentions = []
        steps = MAX_LENGTH if target_tensor is None else target_tensor.size(1)
        for i in range(steps):
            decoder_output, decoder_hidden, attn_weights = self.forward_step(
                decoder_input, decoder_hidden, encoder_outputs
            )
            decoder_outputs.append(decoder_output)
            attentions.append(attn_weights)
            if target_tensor is not None:
                decoder_input = target_tensor[:, i].unsqueeze(1)  # Teacher forcing
            else:
                _, topi = decoder_output.topk(1)
                decoder_input = topi.squeeze(-1).detach()
        decoder_outputs = torch.cat(decoder_outputs, dim=1)
        decoder_outputs = F.log_softmax(decoder_outputs, dim=-1)
        attentions = torch.cat(attentions, dim=1)
        return decoder_outputs, decoder_hidden, attentions

    def forward_step(self, input, hidden, encoder_outputs):
        embedded = self.dropout(self.embedding(input))
        query = hidden.permute(1, 0, 2)
        context, attn_weights = self.attention(query, encoder_outputs)
        input_gru = torch.cat((embedded, context), dim=2)
        output, hidden = self.gru(input_gru, hidden)
        output = self.out(output)
        return output, hidden, attn_weights


def train_epoch(dataloader, encoder, decoder, encoder_optimizer, decoder_optimizer, criterion):
    total_loss = 0
    for data in dataloader:
        input_tensor, target_tensor = data
        encoder_optimizer.zero_grad()
        decoder_optimizer.zero_grad()
        encoder_outputs, encoder_hidden = encoder(input_tensor)
        decoder_outputs, _, _ = decoder(encoder_outputs, encoder_hidden, target_tensor)
        loss = criterion(decoder_outputs.view(-1, decoder_outputs.size(-1)), target_tensor.view(-1))
        loss.backward()
        encoder_optimizer.step()
        decoder_optimizer.step()
        total_loss += loss.item()
    return total_loss / len(dataloader)


pairs = WordPairs(96)
dataloader = DataLoader(pairs, batch_size=24, shuffle=True, collate_fn=collate)
encoder = EncoderRNN(n_tokens, hidden_size).to(device)
decoder = AttnDecoderRNN(hidden_size, n_tokens).to(device)
encoder_optimizer = optim.Adam(encoder.parameters(), lr=0.01)
decoder_optimizer = optim.Adam(decoder.parameters(), lr=0.01)
criterion = nn.NLLLoss(ignore_index=PAD_token)
print(encoder, decoder, sep="\n")
losses = []
for epoch in range(1, 7):
    loss = train_epoch(
        dataloader, encoder, decoder, encoder_optimizer, decoder_optimizer, criterion
    )
    losses.append(loss)
    print(f"({epoch} {epoch / 6 * 100:.0f}%) {loss:.4f}")


def evaluate(word):
    with torch.no_grad():
        input_tensor = tensor_from_word(word).unsqueeze(0)
        encoder_outputs, encoder_hidden = encoder(input_tensor)
        decoder_outputs, _, decoder_attn = decoder(encoder_outputs, encoder_hidden)
        _, topi = decoder_outputs.topk(1)
        decoded = ""
        for idx in topi.squeeze():
            if idx.item() == EOS_token:
                decoded += "."
                break
            decoded += letters[idx.item() - 3] if idx > 2 else "?"
    return decoded, decoder_attn


encoder.eval()
decoder.eval()
answers = {word: evaluate(word)[0] for word in pairs.words[:6]}
print(answers)
_, attention = evaluate("abcde")
print(attention.size())

results = {
    "losses": losses,
    "answers": answers,
    "attention": attention[0].tolist(),
    "encoder": [p.sum().item() for p in encoder.parameters()],
    "decoder": {name: p.norm().item() for name, p in decoder.named_parameters()},
    "padded": collate([pairs[0], pairs[1], pairs[2]])[0].tolist(),
}
