"""Build the book: `python book/build.py`.

The pages of the last build that succeeded lie in ``_build/html``; a build that fails or is
interrupted leaves them as they are. Executed pages are cached; the cache belongs to one state of
`course_utils`, so that no page shows what older code printed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
BOOK, BUILD, MODULES = ROOT / "book", ROOT / "_build", ROOT / "node_modules"
STAGE = BUILD / "book"  # where Sphinx works
SITE = BUILD / "html"  # what readers see

#: npm package → what pages load of it. The site keeps npm's folders: the widget manager looks for
#: its fonts in @jupyter-widgets/html-manager/dist beside the page.
ASSETS = {
    "mathjax": ["tex-chtml.js", "input", "output", "ui", "a11y", "sre"],
    "@mathjax/mathjax-newcm-font": ["chtml.js", "chtml"],
    "requirejs": ["require.js"],
    "@jupyter-widgets/html-manager": ["dist/embed-amd.js", "dist/*.woff2", "dist/*.woff"],
    "anywidget": ["dist/index.js"],
}
#: The widget manager asks require.js for the module `anywidget`; this says where it is.
WIDGET_MODULES = 'require.config({paths: {anywidget: "anywidget/dist/index"}});\n'
#: Parts of course_utils that no page runs.
_NOT_ON_PAGES = ("grading", "cli.py", "release.py", "atomic.py", "course_tree.py", "checks.py")


def main() -> int:
    """Build and publish; the exit status says whether it worked."""
    BUILD.mkdir(exist_ok=True)
    local = stage_assets()
    if not local:
        print(
            "book: node_modules/ is missing, so the pages load MathJax and the widget manager from "
            "a CDN; `npm ci` makes them self-contained",
            file=sys.stderr,
        )
    state = package_state()
    # Matplotlib's list of fonts: the book's own, made before a page could print that it is made.
    os.environ.setdefault("MPLCONFIGDIR", str(BUILD / "matplotlib"))
    subprocess.run([sys.executable, "-c", "import matplotlib.font_manager"], check=True)
    config = BUILD / "config.yml"
    config.write_text(yaml.safe_dump(settings(state, local), sort_keys=False), encoding="utf-8")
    command = [str(Path(sys.executable).parent / "jupyter-book"), "build", str(BOOK)]
    command += ["--config", str(config), "--toc", str(BOOK / "_toc.yml")]
    command += ["--path-output", str(STAGE), "-W", "-n", "--keep-going"]
    marker = BUILD / "book.state"
    previous = marker.read_text() if marker.is_file() else ""
    if previous != state:  # new code, or the last build did not end: nothing of it is reused
        shutil.rmtree(STAGE, ignore_errors=True)
    marker.unlink(missing_ok=True)
    try:
        result = subprocess.run(command, check=False)
    except KeyboardInterrupt:
        print("book: interrupted; the pages of the last build are untouched", file=sys.stderr)
        return 130
    if result.returncode:
        print("book: the build failed; the pages of the last build are untouched", file=sys.stderr)
        return result.returncode
    publish()
    marker.write_text(state)
    forget_old_caches(state)
    print(f"book: {SITE / 'index.html'}")
    return 0


def package_state() -> str:
    """Hash of all that decides what pages print: code, settings, versions of the libraries."""
    package = ROOT / "course_utils"
    code = [
        path
        for path in package.rglob("*")
        if path.suffix in (".py", ".js", ".css")
        and path.relative_to(package).parts[0] not in _NOT_ON_PAGES
    ]
    code += [BOOK / "_config.yml", BOOK / "build.py", *(BOOK / "assets").glob("*.json")]
    code += [ROOT / "requirements.txt", ROOT / "constraints.txt"]
    digest = hashlib.sha256()
    for path in sorted(code):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def stage_assets() -> bool:
    """Copy what pages load out of node_modules; tells whether all of it was there."""
    target = BUILD / "assets"
    found = {
        (package, pattern): list((MODULES / package).glob(pattern))
        for package, patterns in ASSETS.items()
        for pattern in patterns
    }
    if not all(found.values()):
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        return False
    for source in (path for paths in found.values() for path in paths):
        copy = target / source.relative_to(MODULES)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copy, dirs_exist_ok=True)
        else:
            shutil.copy2(source, copy)
    (target / "widget-modules.js").write_text(WIDGET_MODULES, encoding="utf-8")
    return True


def settings(state: str, local: bool) -> dict:
    """``_config.yml`` with what depends on this machine and on the published address."""
    config = yaml.safe_load((BOOK / "_config.yml").read_text(encoding="utf-8"))
    with (ROOT / "pyproject.toml").open("rb") as file:
        repository = tomllib.load(file)["project"]["urls"]["Repository"]
    owner_and_name = "/".join(repository.split("/")[-2:])
    config["execute"]["cache"] = str(BUILD / "cache" / state)
    sphinx = config["sphinx"]["config"]
    sphinx["html_extra_path"] = [str(BUILD / "assets")]
    colab = f"https://colab.research.google.com/github/{owner_and_name}/blob/main/%s"
    sphinx["extlinks"] = {"colab": [colab, "Open %s in Colab"]}
    sphinx["html_theme_options"] |= {
        "repository_url": repository,
        "repository_branch": "main",
        "path_to_docs": "book",
    }
    sphinx |= page_scripts(local)
    return config


def page_scripts(local: bool) -> dict:
    """Where pages load MathJax, require.js and the widget manager from."""
    if local:
        # Sphinx takes script paths from _static/.
        mathjax, font = "../mathjax/tex-chtml.js", "[mathjax]/../@mathjax/mathjax-newcm-font"
        require = "../requirejs/require.js"
        manager = "../@jupyter-widgets/html-manager/dist/embed-amd.js"
        modules = "./"  # relative to the page; all pages lie in one folder
    else:
        versions = yaml.safe_load((ROOT / "package.json").read_text())["dependencies"]
        cdn = "https://cdn.jsdelivr.net/npm"
        mathjax = f"{cdn}/mathjax@{versions['mathjax']}/tex-chtml.js"
        font = f"{cdn}/@mathjax/mathjax-newcm-font@{versions['mathjax']}"
        require = f"{cdn}/requirejs@{versions['requirejs']}/require.js"
        name = "@jupyter-widgets/html-manager"
        manager = f"{cdn}/{name}@{versions[name]}/dist/embed-amd.js"
        modules = f"{cdn}/"
    scripts = {require: {}, manager: {"data-jupyter-widgets-cdn": modules}}
    if local:
        scripts = {require: {}, "../widget-modules.js": {}} | scripts
    return {
        "mathjax_path": mathjax,
        "mathjax3_config": {
            "loader": {"paths": {"mathjax-newcm": font}},
            "output": {"fontPath": font},
        },
        "nb_ipywidgets_js": scripts,
    }


def publish() -> None:
    """Put the new pages in the place of the old ones in one step."""
    new, old = BUILD / "html.new", BUILD / "html.old"
    for left_over in (new, old):
        shutil.rmtree(left_over, ignore_errors=True)
    shutil.copytree(STAGE / "_build" / "html", new)
    if SITE.exists():
        SITE.rename(old)
    new.rename(SITE)
    shutil.rmtree(old, ignore_errors=True)


def forget_old_caches(state: str) -> None:
    """Delete what was executed with other states of the package."""
    for cache in (BUILD / "cache").glob("*"):
        if cache.name != state:
            shutil.rmtree(cache)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OSError as error:
        sys.exit(f"book: cannot write {error.filename or BUILD}: {error.strerror}")
