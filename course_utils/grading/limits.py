"""What one submission may use: time, memory, processes, disk, output."""

from dataclasses import asdict, dataclass
from typing import Any

#: Where a submission may write, in the sandbox; a file system of its own, gone when it ends.
SCRATCH = "/scratch"

#: User and group of the student's processes in the sandbox.
STUDENT_ID = 1000


@dataclass(frozen=True)
class Limits:
    """Limits of one submission.

    Parameters
    ----------
    cell_seconds
        Time one cell may take, a student's or a test's.
    total_seconds
        Time all of them may take together.
    memory_mb
        Memory of all processes of a submission together, above what the libraries take.
    processes
        Processes and threads at one time.
    scratch_mb
        Files a submission may write.
    output_characters
        Printed output of one cell that is kept.
    picture_mb
        Pictures of one cell that are kept.
    """

    cell_seconds: float = 60.0
    total_seconds: float = 600.0
    memory_mb: int = 2000
    processes: int = 64
    scratch_mb: int = 256
    output_characters: int = 20_000
    picture_mb: float = 4.0

    def as_dict(self) -> dict[str, Any]:
        """All limits as plain values, to hand on to other processes."""
        return asdict(self)
