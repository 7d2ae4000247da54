"""The shape of the house: who may import whom, who may read the environment, and how errors speak."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import AssistantError

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("ingest", "vectorstore", "prompts", "assistant")

#: Who may look at the environment, and for which names: the settings, and the edges where a vendor's client looks.
READS_ENVIRONMENT = {
    "assistant/settings.py": None,
    "assistant/commands/doctor.py": "OPENAI_",
    "assistant/answerers/chat/providers.py": "OPENAI_",
    "vectorstore/encoders/openai.py": "OPENAI_",
}

#: Where any exception at all may be caught: a process's or a page's outer edge, one question of many, and a vendor's
#: or a plug-in's package, whose errors are handed on as ours; a document, whose reader's failure is a problem of it;
#: and the articles that a caller gives, whose failure is raised again when those before it are safe.
EDGES = {
    "ingest/plugins.py",
    "ingest/readers/base.py",
    "vectorstore/archive/writing.py",
    "assistant/cli.py",
    "assistant/web/chat/task.py",
    "assistant/evaluation/asking.py",
    "assistant/answerers/chat/providers.py",
    "assistant/answerers/chat/call.py",
}


#: Lines of a file, and modules of a folder.
LONGEST_FILE, MOST_MODULES = 300, 16


def sources() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def modules() -> Iterator[str]:
    for package in PACKAGES:
        yield package
        for found in pkgutil.walk_packages([str(ROOT / package)], f"{package}."):
            yield found.name


def error_classes() -> dict[str, type[BaseException]]:
    """Every exception that a public name of the program stands for."""
    found: dict[str, type[BaseException]] = {}
    for name in modules():
        if name.endswith("__main__"):
            continue
        module = importlib.import_module(name)
        for label, value in vars(module).items():
            ours = inspect.isclass(value) and issubclass(value, BaseException) and value.__module__ == name
            if ours and not label.startswith("_"):
                found[f"{name}.{label}"] = value
    return found


def test_folder_order_is_import_order() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert " 0 broken" in done.stdout


def test_every_folder_has_an_order_of_its_own_that_names_each_module() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    ordered = {name for contract in contracts if contract.get("exhaustive") for name in contract.get("containers", ())}
    inside = Counter(name.rpartition(".")[0] for name in modules())
    assert {name for name, count in inside.items() if name and count > 1} <= ordered


def test_no_file_and_no_folder_is_too_long_to_read() -> None:
    lengths = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path, _ in sources()}
    assert not {path for path, lines in lengths.items() if lines > LONGEST_FILE}
    folders = Counter(Path(path).parent.as_posix() for path in lengths if not path.endswith("/__init__.py"))
    assert {folder for folder, count in folders.items() if count > MOST_MODULES} == set()


def test_help_loads_none_of_the_heavy_packages() -> None:
    code = (
        "import sys\n"
        "sys.argv = ['assistant', '--help']\n"
        "from assistant.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = ('gradio', 'chromadb', 'langchain', 'langchain_core', 'langchain_openai', 'onnxruntime', 'openai')\n"
        "print(*(name for name in heavy if name in sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: assistant")
    assert done.stderr.strip() == ""


@pytest.mark.parametrize("package", PACKAGES)
def test_importing_a_package_loads_nothing_heavy(package: str) -> None:
    heavy = ("gradio", "chromadb", "langchain_core", "onnxruntime", "openai", "trafilatura", "nupunkt")
    code = f"import sys, {package}; print(*(name for name in {heavy} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def environment(tree: ast.Module) -> Iterator[ast.Call | ast.Attribute]:
    """Where a module looks at the environment; giving a variable a value where it has none is no look."""
    given = {
        id(node.func.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "setdefault"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "environb") and id(node) not in given:
            yield node


def test_only_the_settings_read_the_environment() -> None:
    for path, tree in sources():
        lines = [node.lineno for node in environment(tree)]
        assert not lines or path in READS_ENVIRONMENT, f"{path} reads the environment in {lines}"


def test_beside_the_settings_only_the_variables_of_the_openai_client_are_read() -> None:
    for path, tree in sources():
        prefix = READS_ENVIRONMENT.get(path)
        if prefix is None:
            continue
        for node in ast.walk(tree):
            called = isinstance(node, ast.Call) and ast.unparse(node.func) in ("os.environ.get", "os.getenv")
            if called and isinstance(node, ast.Call):
                name = node.args[0]
                assert isinstance(name, ast.Constant), f"{path}:{node.lineno}"
                assert str(name.value).startswith(prefix), f"{path}:{node.lineno} reads {name.value!r}"


def test_every_error_that_a_user_sees_has_one_root() -> None:
    # These never leave their package: they carry a failure to the edge that turns it into one of ours.
    inner = {"assistant.answerers.chat.decode.Failed", "assistant.answerers.chat.errors.Refusal"}
    strays = [name for name, kind in error_classes().items() if not issubclass(kind, AssistantError)]
    assert set(strays) <= inner


#: Errors that are made of something else than words, each with an argument for it.
MADE_OF: dict[str, object] = {"StatusError": 404, "QASetError": ["line 1: a\nb", "line 2: c"]}


def user_errors() -> dict[str, type[AssistantError]]:
    return {name: kind for name, kind in error_classes().items() if issubclass(kind, AssistantError)}


def test_an_error_is_one_line_whatever_it_is_about() -> None:
    kinds = user_errors()
    assert len(kinds) > 15
    for name, kind in kinds.items():
        if kind.__name__ in MADE_OF:
            error: AssistantError = kind(MADE_OF[kind.__name__])  # type: ignore[arg-type]
        else:
            error = kind("the file a\nb\x1b[31m\x9b c\u2028d  is broken", remedy="mend\r\nit")
            assert str(error).startswith("the file a b [31m c d is broken; mend it"), name
        assert str(error).isprintable(), name
        assert kind.exit_code in (1, 2, 3, 4), name


def test_every_error_says_what_to_do() -> None:
    names = {kind.__name__ for kind in user_errors().values()} - set(MADE_OF)
    missing = []
    for path, tree in sources():
        for node in ast.walk(tree):
            raised = node.exc if isinstance(node, ast.Raise) else None
            if isinstance(raised, ast.Call) and ast.unparse(raised.func).rsplit(".", 1)[-1] in names:
                given = {keyword.arg for keyword in raised.keywords}
                if "remedy" not in given and None not in given:
                    missing.append(f"{path}:{raised.lineno}")
    assert missing == []


def test_a_bare_exception_is_caught_at_the_edges_alone() -> None:
    caught = []
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) == "Exception"):
                caught.append(path)
    assert set(caught) <= EDGES


def test_every_module_says_what_it_does() -> None:
    silent = [path for path, tree in sources() if tree.body and not ast.get_docstring(tree)]
    assert silent == []
