"""Reinforcement learning in a corridor: deep Q-learning, then a policy gradient with a baseline."""

import math
import random
from collections import deque, namedtuple

import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim

torch.set_default_dtype(torch.float64)
random.seed(9)
torch.manual_seed(9)
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")

Transition = namedtuple("Transition", ("state", "action", "next_state", "reward"))
LENGTH = 5
n_actions, n_observations = 2, LENGTH


class Corridor:
    def reset(self):
        self.position, self.time = 1, 0
        return self.observe()

    def observe(self):
        observation = [0.0] * LENGTH
        observation[self.position] = 1.0
        return observation

    def step(self, action):
        self.time += 1
        self.position = max(0, self.position + (1 if action == 1 else -1))
        done = self.position == LENGTH - 1
        reward = 1.0 if done else -0.05
        return self.observe(), reward, done, self.time >= 15


class ReplayMemory:
    def __init__(self, capacity):
        self.memory = deque(maxlen=capacity)

    def push(self, *args):
        self.memory.append(Transition(*args))

    def sample(self, batch_size):
        return random.sample(self.memory, batch_size)

    def __len__(self):
        return len(self.memory)


class DQN(nn.Module):
    def __init__(self, n_observations, n_actions):
        super().__init__()
        self.layer1 = nn.Linear(n_observations, 16)
        self.layer2 = nn.Linear(16, 16)
        self.layer3 = nn.Linear(16, n_actions)

    def forward(self, x):
        x = F.relu(self.layer1(x))
        x = F.relu(self.layer2(x))
        return self.layer3(x)


BATCH_SIZE, GAMMA, TAU, LR = 16, 0.9, 0.05, 5e-3
EPS_START, EPS_END, EPS_DECAY = 0.9, 0.05, 60
policy_net = DQN(n_observations, n_actions).to(device)
target_net = DQN(n_observations, n_actions).to(device)
target_net.load_state_dict(policy_net.state_dict())
optimizer = optim.AdamW(policy_net.parameters(), lr=LR, amsgrad=True)
memory = ReplayMemory(200)
env = Corridor()
steps_done = 0


def select_action(state):
    global steps_done
    eps_threshold = EPS_END + (EPS_START - EPS_END) * math.exp(-1.0 * steps_done / EPS_DECAY)
    steps_done += 1
    if random.random() > eps_threshold:
        with torch.no_grad():
            return policy_net(state).max(1).indices.view(1, 1)
    return torch.tensor([[random.randrange(n_actions)]], device=device, dtype=torch.long)


losses = []


def optimize_model():
    if len(memory) < BATCH_SIZE:
        return
    transitions = memory.sample(BATCH_SIZE)
    batch = Transition(*zip(*transitions, strict=True))
    non_final_mask = torch.tensor(
        tuple(s is not None for s in batch.next_state), device=device, dtype=torch.bool
    )
    non_final_next_states = torch.cat([s for s in batch.next_state if s is not None])
    state_batch = torch.cat(batch.state)
    action_batch = torch.cat(batch.action)
    reward_batch = torch.cat(batch.reward)
    state_action_values = policy_net(state_batch).gather(1, action_batch)
    next_state_values = torch.zeros(BATCH_SIZE, device=device)
    with torch.no_grad():
        next_state_values[non_final_mask] = target_net(non_final_next_states).max(1).values
    expected_state_action_values = (next_state_values * GAMMA) + reward_batch
    criterion = nn.SmoothL1Loss()
    loss = criterion(state_action_values, expected_state_action_values.unsqueeze(1))
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_value_(policy_net.parameters(), 100)
    optimizer.step()
    losses.append(loss.item())


episode_durations = []
for _ in range(20):
    state = torch.tensor(env.reset(), device=device).unsqueeze(0)
    while True:
        action = select_action(state)
        observation, reward, terminated, truncated = env.step(action.item())
        reward = torch.tensor([reward], device=device)
        next_state = None if terminated else torch.tensor(observation).unsqueeze(0)
        memory.push(state, action, next_state, reward)
        state = next_state
        optimize_model()
        target_net_state_dict = target_net.state_dict()
        policy_net_state_dict = policy_net.state_dict()
        for key in policy_net_state_dict:
            target_net_state_dict[key] = policy_net_state_dict[key] * TAU + target_net_state_dict[
                key
            ] * (1 - TAU)
        target_net.load_state_dict(target_net_state_dict)
        if terminated or truncated:
            episode_durations.append(env.time)
            break
with torch.no_grad():
    q_table = policy_net(torch.eye(LENGTH))
print(q_table)
print(q_table.argmax(dim=1))


# Policy gradient: actions drawn from the softmax, returns normalised, a critic for the baseline
class Policy(nn.Module):
    def __init__(self):
        super().__init__()
        self.affine1 = nn.Linear(LENGTH, 12)
        self.action_head = nn.Linear(12, 2)
        self.value_head = nn.Linear(12, 1)

    def forward(self, x):
        x = F.relu(self.affine1(x))
        return F.softmax(self.action_head(x), dim=-1), self.value_head(x)


model = Policy()
optimizer = optim.Adam(model.parameters(), lr=3e-2)
eps = torch.finfo(torch.get_default_dtype()).eps
lengths, policy_losses = [], []
for _ in range(12):
    state = env.reset()
    log_probs, values, rewards = [], [], []
    for _t in range(1, 16):
        probs, value = model(torch.tensor(state))
        action = torch.multinomial(probs, 1).item()
        log_probs.append(torch.log(probs[action]))
        values.append(value)
        state, reward, done, _ = env.step(action)
        rewards.append(reward)
        if done:
            break
    R, returns = 0.0, []
    for r in rewards[::-1]:
        R = r + 0.95 * R
        returns.insert(0, R)
    returns = torch.tensor(returns)
    returns = (returns - returns.mean()) / (returns.std() + eps)
    actor, critic = [], []
    for log_prob, value, R in zip(log_probs, values, returns, strict=True):
        advantage = R - value.item()
        actor.append(-log_prob * advantage)
        critic.append(F.smooth_l1_loss(value, torch.tensor([R])))
    optimizer.zero_grad()
    loss = torch.stack(actor).sum() + torch.stack(critic).sum()
    loss.backward()
    optimizer.step()
    policy_losses.append(loss.item())
    lengths.append(len(rewards))
print("episodes:", lengths)

results = {
    "losses": losses,
    "durations": episode_durations,
    "q_table": q_table.tolist(),
    "greedy": q_table.argmax(dim=1).tolist(),
    "target": [p.sum().item() for p in target_net.parameters()],
    "lengths": lengths,
    "policy_losses": policy_losses,
    "policy": model(torch.eye(LENGTH))[0].tolist(),
}
