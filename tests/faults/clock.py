"""`python -m tests.faults.clock SECONDS …`: a program of Python with a clock that is ahead of the machine's.

What comes after the seconds is a module or a file, with its arguments; negative seconds are behind.
"""

import runpy
import sys
import time

import time_machine


def main() -> None:
    ahead, program, *arguments = sys.argv[1:]
    time_machine.travel(time.time() + float(ahead), tick=True).start()
    sys.argv = [program, *arguments]
    run = runpy.run_path if program.endswith(".py") else runpy.run_module
    run(program, run_name="__main__")


if __name__ == "__main__":
    main()
