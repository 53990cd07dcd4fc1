"""Where the time of one contender goes: `python -m benchmarks.profile_step lenet5 scratch-numpy`.

cProfile slows small Python functions down more than large array operations: read its shares as a
guide to where to look, and the benchmarks for how long a step takes.
"""

import argparse
import cProfile
import pstats
import time

from benchmarks.cases import CASES
from benchmarks.contenders import TITLES, contender
from benchmarks.threads import threads


def profile(name: str, case: str, seconds: float) -> pstats.Stats:
    """Statistics of steps that together take about so long."""
    run = contender(name, case)
    for _ in range(3):
        run.step()
    start = time.perf_counter()
    run.step()
    steps = max(3, round(seconds / (time.perf_counter() - start)))
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(steps):
        run.step()
    profiler.disable()
    print(f"{TITLES[name]}, {CASES[case].title}: {steps} steps")
    return pstats.Stats(profiler)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Where the time of one contender goes.")
    parser.add_argument("case", choices=CASES)
    parser.add_argument("contender", choices=TITLES, nargs="?", default="scratch-numpy")
    parser.add_argument("--sort", default="tottime", help="tottime (default), cumtime, ncalls …")
    parser.add_argument("--lines", type=int, default=25)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    with threads(options.threads):
        statistics = profile(options.contender, options.case, options.seconds)
    statistics.strip_dirs().sort_stats(options.sort).print_stats(options.lines)
