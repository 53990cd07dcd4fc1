"""nbgrader's settings: where the class lies, how stubs read, who executes.

nbgrader and the formgrader read this file when started in this folder; `course grade` reads it too.
"""

from pathlib import Path

from course_utils.course_tree import find_course
from course_utils.grading.execution import AUTOGRADE_PREPROCESSORS
from course_utils.grading.feedback import FEEDBACK_PREPROCESSORS, FeedbackExporter
from course_utils.grading.nbgrader_api import make_alembic_findable
from course_utils.release import STUB, TEXT_STUB

make_alembic_findable()  # here, because every nbgrader command and the formgrader read this file

c = get_config()  # noqa: F821  (nbgrader defines it)

# class/ in this folder, or the folder that the environment variable COURSE_CLASS names:
# submitted/, autograded/, feedback/ and gradebook.db lie there. The gradebook is a SQLite file;
# set c.CourseDirectory.db_url for PostgreSQL.
c.CourseDirectory.root = str(find_course(Path(__file__).parent).class_folder)

c.ClearSolutions.code_stub = {"python": STUB}
c.ClearSolutions.text_stub = TEXT_STUB

c.Autograde.autograde_preprocessors = AUTOGRADE_PREPROCESSORS
c.GenerateFeedback.preprocessors = FEEDBACK_PREPROCESSORS
c.GenerateFeedback.exporter_class = FeedbackExporter
c.Execute.course = str(Path(__file__).parent)
# What a submission may use; the instructors' page lists the others.
c.Execute.timeout = 60  # seconds a cell may take
c.Execute.memory_mb = 2000
