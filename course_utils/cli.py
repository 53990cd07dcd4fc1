"""The `course` command: release exercises, grade a class, write feedback, have data, reproduce."""

import datetime
import json
import sys
from collections.abc import Callable
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
)
from rich.text import Text

from course_utils.cli_data import data
from course_utils.cli_reproduce import reproduce
from course_utils.course_tree import CourseError, find_course

app = typer.Typer(
    help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
errors = Console(stderr=True, highlight=False, soft_wrap=True)

UNSAFE = (
    "--unsafe: answers run WITHOUT the sandbox. A submission can read and delete your files, see "
    "other submissions, use the network, and go on running. Tests still run apart from it."
)

Name = Annotated[str, typer.Argument(help="Name of the assignment, e.g. 03_perceptron.")]
Names = Annotated[list[str] | None, typer.Argument(help="Assignments; all where none is named.")]


@app.command()
def release(
    names: Names = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; fail where a notebook is not up to date."),
    ] = False,
) -> None:
    """Write the student notebooks in exercises/ from their sources in solutions/."""
    from course_utils import release as exercises

    tree = find_course()
    chosen = names or tree.assignments()
    sources = [tree.source(name) for name in chosen]  # an unknown name stops before any is written
    if check:
        stale = [name for name in chosen if exercises.drifted(tree, name)]
        if stale:
            raise CourseError(f"not up to date: {', '.join(stale)}; run: course release")
        print(f"exercises are up to date: {', '.join(chosen)}")
        return
    from course_utils.grading.execution import active_executor
    from course_utils.grading.judgeable import require_judgeable
    from course_utils.grading.nbgrader_api import load_config

    config = load_config(tree)
    limits = active_executor(config)(config=config).limits()
    for name, source in zip(chosen, sources, strict=True):
        try:
            require_judgeable(exercises.source_notebook(tree, name), limits)
        except CourseError as problem:
            raise CourseError(f"{source.relative_to(tree.root)}: {problem}") from None
        changed = exercises.release(tree, name)
        print(f"{name}: {'written' if changed else 'unchanged'} ({source.relative_to(tree.root)})")


@app.command()
def grade(
    name: Name,
    force: Annotated[
        bool, typer.Option(help="Grade again what is graded, with a new seed.")
    ] = False,
    seed: Annotated[
        int | None, typer.Option(min=0, help="Seed of the hidden tests, to repeat a run.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Judge so many at a time; default: one for each core.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Judge on a Dask cluster: tcp://HOST:PORT.")
    ] = None,
    unsafe: Annotated[
        bool, typer.Option("--unsafe", help="Run answers WITHOUT the sandbox, with your rights.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the results as JSON on standard output.")
    ] = False,
) -> None:
    """Grade all submissions of an assignment; each ends in a state of its own.

    Submissions lie in class/submitted/STUDENT/NAME/; COURSE_CLASS names another class folder.
    What is graded stays graded: an interrupted run goes on where it stopped.
    """
    from course_utils.grading.class_run import ClassRun
    from course_utils.grading.summary import counts, print_summary, question_statistics, slowest

    run = ClassRun(find_course(), name)
    executor = "the judge; answers run WITHOUT a sandbox" if unsafe else run.executor.description
    errors.print(f"{name}: executed by {executor}")
    if unsafe:
        errors.print(f"WARNING: {UNSAFE}", style="bold red")
    with _Steps(name, len(run.submissions)) as step:
        outcomes = run.grade(
            lambda outcome, kept: step(f"{outcome.student}: {outcome.state}", kept),
            force=force,
            seed=seed,
            workers=workers,
            scheduler=scheduler,
            sealed=not unsafe,
        )
    if as_json:
        report = {
            "assignment": name,
            "executor": executor,
            "sandbox": not unsafe,
            "seed": outcomes[0].seed,
            "counts": counts(outcomes),
            "questions": question_statistics(outcomes),
            "slowest": slowest(outcomes),
            "submissions": [outcome.as_dict() for outcome in outcomes],
        }
        print(json.dumps(report, indent=1, ensure_ascii=False))
    else:
        print_summary(Console(), name, outcomes)
        print(f"gradebook: {run.folder / 'gradebook.db'}")
    if all(outcome.state == "failed" for outcome in outcomes):
        raise CourseError(f"none of the {len(outcomes)} submissions of {name} could be graded")


@app.command()
def feedback(name: Name) -> None:
    """Write a feedback page for every graded submission of an assignment."""
    from course_utils.grading.class_run import ClassRun

    run = ClassRun(find_course(), name)
    failed: list[str] = []
    with _Steps(name, len(run.submissions)) as step:

        def progress(student: str, reason: str) -> None:
            step(f"{student}: {reason or 'up to date'}", False)
            if reason:
                failed.append(f"{student} ({reason})")

        done = run.write_feedback(progress)
    page = run.file_name.replace(".ipynb", ".html")
    print(f"{done} feedback pages: {run.folder / 'feedback'}/<student>/{name}/{page}")
    if failed:
        raise CourseError(f"no feedback for {', '.join(failed)}")


@app.command()
def doctor() -> None:
    """Say whether submissions can be graded in the sandbox on this machine, and who executes."""
    from course_utils.grading import sandbox
    from course_utils.grading.execution import active_executor
    from course_utils.grading.nbgrader_api import load_config

    tree = find_course()
    executor = active_executor(load_config(tree))
    print(f"executor: {executor.description}")
    print(f"class:    {tree.class_folder}")
    reason = sandbox.why_unavailable()
    if reason is not None:
        raise CourseError(f"no sandbox: {reason}")
    print(f"sandbox:  {sandbox.version()}, tried out: works")


@app.command()
def sample(
    names: Names = None,
    size: Annotated[int, typer.Option(min=1, help="How many students.")] = 8,
) -> None:
    """Hand in for a made-up class, from the right and wrong answers on file, to try grading on."""
    from course_utils.grading.sample_class import write_sample_class

    tree = find_course()
    for name in names or tree.assignments():
        number = write_sample_class(tree, name, size=size)
        print(f"{name}: {number} submissions in {tree.class_folder / 'submitted'}")


app.command()(data)
app.command()(reproduce)


def main() -> None:
    """Run the command; what a person can mend ends as one line and exit status 1."""
    try:
        app(standalone_mode=True)
    except CourseError as error:
        errors.print(f"course: {error}", style="red", markup=False)
        sys.exit(130 if isinstance(error.__cause__, KeyboardInterrupt) else 1)
    except SystemExit as end:
        if end.code == 130:  # typer's, where Ctrl-C was pressed
            errors.print("course: interrupted; run the command again, it goes on where it stopped")
        raise


class _TimeLeft(ProgressColumn):
    """Time left, from the steps that were work; those kept from before took none."""

    def render(self, task: Task) -> Text:
        """What the bar shows."""
        ends = task.fields.get("ends")
        if ends is None or task.elapsed is None:
            return Text("-:--:-- left")
        seconds = max(round(ends - task.elapsed), 0)
        return Text(f"{datetime.timedelta(seconds=seconds)} left")


class _Steps:
    """Progress on standard error: a bar on a terminal, a line a step elsewhere."""

    def __init__(self, title: str, total: int) -> None:
        self.title, self.total, self.done, self.worked = title, total, 0, 0
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            _TimeLeft(),
        )
        self.progress = Progress(*columns, console=errors, disable=not errors.is_terminal)

    def __enter__(self) -> Callable[[str, bool], None]:
        self.progress.start()
        self.task = self.progress.add_task(self.title, total=self.total)
        return self._step

    def __exit__(self, *_: object) -> None:
        self.progress.stop()

    def _step(self, text: str, kept: bool) -> None:
        self.done += 1
        self.worked += not kept
        elapsed = self.progress.tasks[self.task].elapsed
        each = elapsed / self.worked if elapsed and self.worked else None
        ends = None if each is None else elapsed + each * (self.total - self.done)
        self.progress.update(self.task, advance=1, description=f"{self.title} · {text}", ends=ends)
        if not errors.is_terminal:
            suffix = " (kept from before)" if kept else ""
            errors.print(f"[{self.done}/{self.total}] {text}{suffix}", markup=False)
