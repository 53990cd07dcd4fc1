"""How fast the course's engine is, and how much memory it takes, beside other libraries.

`make bench` measures, prints a table and stores every number; nothing here is part of `make test`.
No time is asserted. A run fails where a contender fails, or where contenders disagree: each case
first compares losses, gradients and weights in float64, and is then timed in float32.

cases.py        what is computed: data, first weights, target
contenders.py   who computes it: engines.py (PyTorch and the course's), hips.py, pebble.py
race.py         timing in turns          memory.py       peak memory, each in its own process
report.py       the table and the file   profile_step.py where the time of one contender goes
"""
