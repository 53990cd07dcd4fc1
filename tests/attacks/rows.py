"""Every row that the grading has to withstand, and all scenarios of the tiny course."""

from tests.attacks.endless import LOOPS
from tests.attacks.exchanging import EXCHANGING, NETWORKING
from tests.attacks.exhausting import DISKS, FLOODS, MEMORIES
from tests.attacks.forging_checks import CHECK_PATCHES
from tests.attacks.forging_errors import ERRORS
from tests.attacks.forging_frames import FRAMES_AND_OBJECTS
from tests.attacks.forging_leaving import LEAVING, SHADOWING
from tests.attacks.forging_objects import OBJECTS
from tests.attacks.forging_patches import PATCHES
from tests.attacks.forging_reading import ENVIRONMENTS, SOURCES
from tests.attacks.forging_speaking import SPEAKING
from tests.attacks.forging_values import VALUES
from tests.attacks.innocent import INNOCENT
from tests.attacks.innocent_answers import ANSWERS
from tests.attacks.innocent_values import INNOCENT_HELPERS, INNOCENT_VALUES
from tests.attacks.malformed_cells import EDITED
from tests.attacks.malformed_files import DAMAGED, HABITUAL, NAMED, SCHEMAS
from tests.attacks.processes import DETACHING, KILLING, PROCESSES
from tests.attacks.reading import LINKING, READING
from tests.attacks.stolen import BARE, STOLEN

FORGING = [
    *PATCHES,
    *CHECK_PATCHES,
    *OBJECTS,
    *VALUES,
    *ERRORS,
    *FRAMES_AND_OBJECTS,
    *SOURCES,
    *ENVIRONMENTS,
    *SPEAKING,
    *LEAVING,
    *SHADOWING,
]
RESOURCES = [*LOOPS, *MEMORIES, *PROCESSES, *DISKS, *FLOODS, *DETACHING, *KILLING]
CONFIDENTIALITY = [*READING, *LINKING, *NETWORKING, *EXCHANGING]
MALFORMED = [*EDITED, *SCHEMAS, *DAMAGED, *NAMED, *HABITUAL]

HONEST = [*INNOCENT, *INNOCENT_VALUES, *INNOCENT_HELPERS]

#: Those of the tiny course, in the order in which they are graded: groups take turns, so that
#: unlike neighbours run at the same time.
_GROUPS = [FORGING, RESOURCES, CONFIDENTIALITY, MALFORMED, HONEST]
SCENARIOS = [
    group[place]
    for place in range(max(map(len, _GROUPS)))
    for group in _GROUPS
    if place < len(group)
]
#: Those of the second course.
SECOND_COURSE = [*ANSWERS, *STOLEN, *BARE]

#: What must be withstood, each with at least one scenario; archives have a test of their own.
ROWS = [
    "input transformer that blanks later cells",
    "AST transformer that drops assert",
    "patched numpy.testing, torch.allclose, math.isclose",
    "patched check classes",
    "always-equal object",
    "ndarray or tensor subclass with its own comparison",
    "walking frames or gc for expected values",
    "reading test source through In, linecache, files",
    "printing a forged result",
    "a module in the submission that shadows numpy or course_utils",
    "sys.exit, os._exit(0)",
    "atexit or a thread",
    "hard-coding the visible tests",
    "asking the environment whether this is grading",
    "importing the reference from course_utils instead of writing it",
    "endless loop, also one that swallows interrupts",
    "memory bomb",
    "fork bomb",
    "full disk",
    "50 MB on one line",
    "stderr flood",
    "detached process",
    "killing or tracing the worker",
    "gradebook, solutions, other submissions, environment secrets",
    "symlinks",
    "network",
    "one submission's traces in the next",
    "cells duplicated, deleted, retyped, re-flagged, reordered, points edited",
    "newer or older notebook schema",
    "bad JSON, null bytes, other encodings, a huge file",
    "notebook renamed, missing, extra",
    "input(), shell magics, plots left open",
    "warnings and stderr",
    "float32, lists, 0-d arrays, read-only and non-contiguous arrays",
    "values at the tolerance's edge",
    "slow but within limits",
    "helper functions and imports in cells of one's own",
    "a class with operators, a generator, a callback, a tensor",
]
