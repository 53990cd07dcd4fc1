"""A JupyterLab of the tests' own: started in a checkout, on loopback, without first-run questions."""

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NO_QUESTIONS = {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}


@contextmanager
def jupyter_lab(root: Path, scratch: Path, environment: dict[str, str]) -> Iterator[str]:
    """Run JupyterLab in `root`; yields its address. `scratch` receives its settings and log."""
    settings = scratch / "lab-settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(_NO_QUESTIONS))
    variables = {
        **os.environ,
        **environment,
        "JUPYTERLAB_SETTINGS_DIR": str(scratch / "lab-settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(scratch / "lab-workspaces"),
        "JUPYTER_RUNTIME_DIR": str(scratch / "runtime"),
        "JUPYTER_CONFIG_DIR": str(scratch / "config"),
        "IPYTHONDIR": str(scratch / "ipython"),
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += ["--ServerApp.ip=127.0.0.1", "--ServerApp.port=0", "--IdentityProvider.token="]
    with (scratch / "lab.log").open("w+") as log:
        process = subprocess.Popen(command, cwd=root, env=variables, stdout=log, stderr=log)
        try:
            yield _wait_for_address(process, scratch / "lab.log")
        finally:
            process.terminate()
            timer = threading.Timer(15, process.kill)
            timer.start()
            process.wait()
            timer.cancel()


def _wait_for_address(process: subprocess.Popen, log: Path, seconds: float = 60) -> str:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        found = re.search(r"http://127\.0\.0\.1:\d+/", log.read_text())
        if found:
            return found[0]
        time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")
