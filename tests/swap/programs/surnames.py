"""A character-level network built of Linear layers: it classifies made-up names, then invents some."""

import random
import string
import unicodedata

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(2024)
random.seed(2024)

all_letters = string.ascii_lowercase + "'"
n_letters = len(all_letters) + 1  # plus the end marker

category_lines = {
    "Elvish": ["Aelindra", "Faelan", "Liriel", "Thalíon", "Elarië", "Naelis", "Silariel"],
    "Dwarvish": ["Brokkr", "Thorgrim", "Durak", "Grimbold", "Korgan", "Thrudd", "Borgrak"],
    "Desert": ["Zahir", "Al'amar", "Qasim", "Jaziri", "Hal'dar", "Azzim", "Qadira"],
}
all_categories = list(category_lines)
n_categories = len(all_categories)


def unicode_to_ascii(s):
    decomposed = unicodedata.normalize("NFD", s.lower())
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn" and c in all_letters)


for category in all_categories:
    category_lines[category] = [unicode_to_ascii(line) for line in category_lines[category]]
print(category_lines["Elvish"])


def letter_to_index(letter):
    return all_letters.find(letter)


def letter_to_tensor(letter):
    tensor = torch.zeros(1, n_letters)
    tensor[0][letter_to_index(letter)] = 1
    return tensor


def line_to_tensor(line):
    tensor = torch.zeros(len(line), 1, n_letters)
    for li, letter in enumerate(line):
        tensor[li][0][letter_to_index(letter)] = 1
    return tensor


print(letter_to_tensor("j"))
print(line_to_tensor("jones").size())


class RNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.i2h = nn.Linear(input_size + hidden_size, hidden_size)
        self.h2o = nn.Linear(hidden_size, output_size)
        self.softmax = nn.LogSoftmax(dim=1)

    def forward(self, input, hidden):
        combined = torch.cat((input, hidden), 1)
        hidden = torch.tanh(self.i2h(combined))
        output = self.softmax(self.h2o(hidden))
        return output, hidden

    def init_hidden(self):
        return torch.zeros(1, self.hidden_size)


def category_from_output(output):
    _, top_i = output.topk(1)
    category_i = top_i[0].item()
    return all_categories[category_i], category_i


rnn = RNN(n_letters, 24, n_categories)
output, next_hidden = rnn(line_to_tensor("albert")[0], torch.zeros(1, 24))
print(output)
print(category_from_output(output))
criterion = nn.NLLLoss()
learning_rate = 0.02


def train(category_tensor, line_tensor):
    hidden = rnn.init_hidden()
    rnn.zero_grad()
    for i in range(line_tensor.size()[0]):
        output, hidden = rnn(line_tensor[i], hidden)
    loss = criterion(output, category_tensor)
    loss.backward()
    for p in rnn.parameters():
        p.data.add_(p.grad.data, alpha=-learning_rate)
    return output, loss.item()


all_losses, guesses = [], []
for _ in range(150):
    category = random.choice(all_categories)
    line = random.choice(category_lines[category])
    category_tensor = torch.tensor([all_categories.index(category)], dtype=torch.long)
    output, loss = train(category_tensor, line_to_tensor(line))
    all_losses.append(loss)
    guesses.append(category_from_output(output)[0])

confusion = torch.zeros(n_categories, n_categories)
with torch.no_grad():
    for category in all_categories:
        for line in category_lines[category]:
            hidden = rnn.init_hidden()
            for letter in line_to_tensor(line):
                output, hidden = rnn(letter, hidden)
            confusion[all_categories.index(category)][category_from_output(output)[1]] += 1
for i in range(n_categories):
    confusion[i] = confusion[i] / confusion[i].sum()
print(confusion)


# Generation: category and letter in, next letter out
class Generator(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.i2h = nn.Linear(n_categories + input_size + hidden_size, hidden_size)
        self.i2o = nn.Linear(n_categories + input_size + hidden_size, output_size)
        self.o2o = nn.Linear(hidden_size + output_size, output_size)
        self.dropout = nn.Dropout(0.1)
        self.softmax = nn.LogSoftmax(dim=1)

    def forward(self, category, input, hidden):
        input_combined = torch.cat((category, input, hidden), 1)
        hidden = self.i2h(input_combined)
        output = self.i2o(input_combined)
        output_combined = torch.cat((hidden, output), 1)
        output = self.o2o(output_combined)
        output = self.dropout(output)
        output = self.softmax(output)
        return output, hidden


def category_to_tensor(category):
    index = torch.tensor([all_categories.index(category)])
    return F.one_hot(index, num_classes=n_categories).float()


generator = Generator(n_letters, 32, n_letters)
optimizer = torch.optim.Adam(generator.parameters(), lr=0.005)
generation_losses = []
for _ in range(120):
    category = random.choice(all_categories)
    line = random.choice(category_lines[category])
    indexes = [letter_to_index(letter) for letter in line[1:]] + [n_letters - 1]
    target_line_tensor = torch.LongTensor(indexes)
    target_line_tensor.unsqueeze_(-1)
    hidden = torch.zeros(1, generator.hidden_size)
    optimizer.zero_grad()
    loss = 0
    for letter, target in zip(line_to_tensor(line), target_line_tensor, strict=True):
        output, hidden = generator(category_to_tensor(category), letter, hidden)
        loss += criterion(output, target)
    loss.backward()
    optimizer.step()
    generation_losses.append(loss.item() / len(line))


def sample(category, start_letter, greedy=False, max_length=10):
    with torch.no_grad():
        hidden = torch.zeros(1, generator.hidden_size)
        letter = letter_to_tensor(start_letter)
        output_name = start_letter
        for _ in range(max_length):
            output, hidden = generator(category_to_tensor(category), letter, hidden)
            if greedy:
                _, topi = output.topk(1)
                index = topi[0][0]
            else:
                index = torch.multinomial(torch.exp(output[0]), 1)[0]
            if index == n_letters - 1:
                break
            output_name += all_letters[index]
            letter = letter_to_tensor(all_letters[index])
        return output_name


generator.eval()
names = {
    category: [sample(category, start, greedy=True) for start in "atz"]
    for category in all_categories
}
sampled = [sample(category, start) for category in all_categories for start in "aq"]
print(names, sampled)

results = {
    "all_losses": all_losses,
    "guesses": guesses,
    "confusion": confusion.tolist(),
    "generation_losses": generation_losses,
    "names": names,
    "sampled": sampled,
}
