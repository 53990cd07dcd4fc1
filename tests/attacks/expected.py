"""What the outcomes of attacks say, and what is a matter of policy: in one place, to adapt."""

#: A failed comparison of the visible test of the tiny course, and of the hidden one.
VISIBLE = "total([1, 2, 4])"
HIDDEN = "total(values)"

#: A cell or a tested call ran into the time limit.
TOO_LONG = "endless loop"
#: The student's process is gone.
DIED = "process ended"
KILLED = "process was killed"
#: What came back has no place in the protocol: too deep, too large, of a strange type.
UNSENDABLE = "cannot be sent"
#: What came back is no value; every such class in the scenarios is called Chameleon.
NO_VALUE = "Chameleon"
#: An import of a module that the assignment asks to write.
WITHHELD = "withheld"
#: A limit on memory, processes or files was met.
OUT_OF_MEMORY = "MemoryError"
#: A test that calls what a stopped or failed cell would have defined.
UNDEFINED = "name 'total' is not defined"
#: A notebook that is a symbolic link.
IS_LINK = "link"
UNREADABLE = "is no readable notebook"

#: Points of a right answer whose turn comes after the student's process has died: the next process
#: runs the cells before it again.
AFTER_DEATH = 3.0
#: `total` brought the process down.
DEAD = {"total": 0.0, "average": AFTER_DEATH}
#: `total` earned its visible point, then brought the process down.
DEAD_AFTER_VISIBLE = {"total": 1.0, "average": AFTER_DEATH}
#: The process died in a cell before any test.
DEAD_EARLY = {"total": 0.0, "average": AFTER_DEATH}
