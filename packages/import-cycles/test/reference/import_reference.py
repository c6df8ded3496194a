"""An independent answer to what `buildPythonGraph` finds, by CPython's own parser.

    python import_reference.py FOLDER [--output FILE] [--records-only]

Prints one JSON object: `records` holds for every file each import as written, `edges` each import that names a module
below FOLDER, `broken` the files that CPython cannot parse, `components` the strongly connected components of what an
import may execute. Standard library only, Python 3.8 or later. Shares no code and no data with the scanner.
"""

import argparse
import ast
import json
import os
import re
import sys
import tokenize
import unicodedata

IMPORT_TIME = ("module", "class", "conditional", "try")
STRENGTH = {
    name: index
    for index, name in enumerate(
        ("module", "class", "conditional", "try", "lazy", "function", "main", "type-checking")
    )
}
DOTTED = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*\Z")
HAS_FSTRING_POSITIONS = sys.version_info >= (3, 12)


# --- One file -----------------------------------------------------------------------------------------------------


class Folder:
    """A condition folded to what it is while a module is imported: `(value, reason)`, or None where that is open."""

    def __init__(self, names):
        self.names = names

    def fold(self, node):
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            inner = self.fold(node.operand)
            return None if inner is None else (not inner[0], inner[1])
        if isinstance(node, ast.BoolOp):
            return self.fold_bool(node)
        if isinstance(node, ast.Compare):
            return self.fold_compare(node)
        if isinstance(node, ast.Constant) and type(node.value) in (bool, int):
            return (bool(node.value), "type-checking")
        if isinstance(node, ast.Name):
            known = node.id == "TYPE_CHECKING" or node.id in self.names
            return (False, "type-checking") if known else None
        if isinstance(node, ast.Attribute) and node.attr == "TYPE_CHECKING":
            inner = node.value
            while isinstance(inner, ast.Attribute):
                inner = inner.value
            return (False, "type-checking") if isinstance(inner, ast.Name) else None
        return None

    def fold_bool(self, node):
        deciding = isinstance(node.op, ast.Or)
        parts = [self.fold(value) for value in node.values]
        reasons = {part[1] for part in parts if part is not None and part[0] is deciding}
        if reasons:
            return (deciding, "type-checking" if "type-checking" in reasons else "main")
        if None in parts:
            return None
        reasons = {part[1] for part in parts}
        return (not deciding, "main" if "main" in reasons else "type-checking")

    @staticmethod
    def fold_compare(node):
        if len(node.ops) != 1 or not isinstance(node.ops[0], (ast.Eq, ast.NotEq)):
            return None
        sides = [node.left, node.comparators[0]]
        for one, other in (sides, sides[::-1]):
            if isinstance(one, ast.Name) and one.id == "__name__":
                if isinstance(other, ast.Constant) and other.value == "__main__":
                    return (isinstance(node.ops[0], ast.NotEq), "main")
        return None


class FileReference:
    """All imports of one source, as `[kind, form, level, module, name, line, column, statement line]`."""

    def __init__(self, path):
        with tokenize.open(path) as stream:
            text = stream.read()
        with open(path, "rb") as stream:
            tree = ast.parse(stream.read(), path)
        self.lines = text.split("\n")
        self.records = []
        self.type_checking = set()
        self.importlibs = set()
        self.functions = set()
        self.find_bindings(tree)
        # Statements with the kind around them, taken from the end; an explicit stack, since sources nest deeply.
        self.pending = [(tree.body, "module")]
        while self.pending:
            body, kind = self.pending.pop()
            for statement in body:
                self.statement(statement, kind)

    def find_bindings(self, tree):
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    if alias.name == "importlib":
                        self.importlibs.add(alias.asname or "importlib")
                    elif alias.name.startswith("importlib.") and alias.asname is None:
                        self.importlibs.add("importlib")
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                for alias in node.names:
                    if node.module in ("typing", "typing_extensions") and alias.name == "TYPE_CHECKING":
                        self.type_checking.add(alias.asname or alias.name)
                    if node.module == "importlib" and alias.name == "import_module":
                        self.functions.add(alias.asname or alias.name)

    def inside(self, body, kind, added):
        self.pending.append((body, max(kind, added, key=STRENGTH.get)))

    def statement(self, node, kind):
        if isinstance(node, ast.Import):
            lazy = max(kind, "lazy", key=STRENGTH.get) if getattr(node, "is_lazy", 0) else kind
            for alias in node.names:
                self.add(lazy, "import", 0, alias.name, "", alias, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            lazy = max(kind, "lazy", key=STRENGTH.get) if getattr(node, "is_lazy", 0) else kind
            for alias in node.names:
                form, name = ("star", "") if alias.name == "*" else ("from", alias.name)
                self.add(lazy, form, node.level, node.module or "", name, alias, node.lineno)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            for decorator in node.decorator_list:
                self.expressions(decorator, kind, decorator.lineno)
            self.fields(node, kind, skip=("decorator_list", "body"))
            self.inside(node.body, kind, "class" if isinstance(node, ast.ClassDef) else "function")
        elif isinstance(node, ast.If):
            self.branches(node, kind)
        elif isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
            self.fields(node, kind, skip=("body", "orelse"))
            self.inside(node.body, kind, "conditional")
            self.inside(node.orelse, kind, "conditional")
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            self.fields(node, kind, skip=("body",))
            self.inside(node.body, kind, "module")
        elif type(node).__name__ in ("Try", "TryStar"):
            for part in (node.body, node.orelse, node.finalbody):
                self.inside(part, kind, "try")
            for handler in node.handlers:
                if handler.type is not None:
                    self.expressions(handler.type, kind, handler.lineno)
                self.inside(handler.body, kind, "try")
        elif type(node).__name__ == "Match":
            self.expressions(node.subject, kind, node.lineno)
            for case in node.cases:
                if case.guard is not None:
                    inner = max(kind, "conditional", key=STRENGTH.get)
                    self.expressions(case.guard, inner, case.pattern.lineno)
                self.inside(case.body, kind, "conditional")
        else:
            self.expressions(node, kind, node.lineno)

    def branches(self, node, kind):
        folder = Folder(self.type_checking)
        dead = None
        while True:
            self.expressions(node.test, kind, node.lineno)
            value = folder.fold(node.test)
            reasons = {dead, value[1] if value is not None and not value[0] else None}
            self.inside(node.body, kind, self.branch_kind(reasons))
            if value is not None and value[0]:
                dead = "type-checking" if "type-checking" in (dead, value[1]) else "main"
            following = node.orelse
            if len(following) == 1 and isinstance(following[0], ast.If) and self.is_elif(following[0]):
                node = following[0]
                continue
            self.inside(following, kind, self.branch_kind({dead}))
            return

    def is_elif(self, node):
        return self.lines[node.lineno - 1].encode()[node.col_offset :].startswith(b"elif")

    @staticmethod
    def branch_kind(reasons):
        if "type-checking" in reasons:
            return "type-checking"
        return "main" if "main" in reasons else "conditional"

    def fields(self, node, kind, skip):
        for field, value in ast.iter_fields(node):
            if field in skip:
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    self.expressions(child, kind, node.lineno)

    def expressions(self, root, kind, statement_line):
        pending = [(root, kind, False)]
        while pending:
            node, inner, in_fstring = pending.pop()
            if isinstance(node, ast.Call):
                self.call(node, inner, statement_line, in_fstring)
            in_fstring = in_fstring or type(node).__name__ in ("JoinedStr", "TemplateStr")
            for field, value in ast.iter_fields(node):
                body = isinstance(node, ast.Lambda) and field == "body"
                below = max(inner, "function", key=STRENGTH.get) if body else inner
                for child in value if isinstance(value, list) else [value]:
                    if isinstance(child, ast.AST):
                        pending.append((child, below, in_fstring))

    def call(self, node, kind, statement_line, in_fstring):
        function = node.func
        if isinstance(function, ast.Name) and function.id == "__import__":
            plain = True
        elif isinstance(function, ast.Name) and function.id in self.functions:
            plain = False
        elif (
            isinstance(function, ast.Attribute)
            and function.attr == "import_module"
            and isinstance(function.value, ast.Name)
            and function.value.id in self.importlibs
        ):
            plain = False
        else:
            return
        keywords = {keyword.arg: keyword.value for keyword in node.keywords}
        given = node.args[0] if node.args else keywords.get("name")
        if not isinstance(given, ast.Constant) or not isinstance(given.value, str):
            return
        name = given.value
        if plain:
            if "level" in keywords or len(node.args) + len(node.keywords) > 4 or not DOTTED.match(name):
                return
            self.add(kind, "call", 0, name, "", given, statement_line, in_fstring)
            return
        if len(node.args) + len(node.keywords) > 2:
            return
        module = name.lstrip(".")
        level = len(name) - len(module)
        if not DOTTED.match(module):
            return
        if level:
            anchor = node.args[1] if len(node.args) > 1 else keywords.get("package")
            if isinstance(anchor, ast.Name) and anchor.id in ("__package__", "__name__"):
                self.add(
                    kind, "call", level, module, anchor.id.strip("_"), given, statement_line, in_fstring
                )
                return
            if not (isinstance(anchor, ast.Constant) and isinstance(anchor.value, str)):
                return
            parents = anchor.value.split(".")
            if level > len(parents) or not DOTTED.match(anchor.value):
                return
            module = ".".join(parents[: len(parents) - level + 1] + [module])
        self.add(kind, "call", 0, module, "", given, statement_line, in_fstring)

    def add(self, kind, form, level, module, name, at, statement_line, in_fstring=False):
        line = column = None
        # Aliases have positions since 3.10; what stands in f-strings has right ones since 3.12.
        if hasattr(at, "lineno") and (HAS_FSTRING_POSITIONS or not in_fstring):
            line = at.lineno
            before = self.lines[line - 1].encode()[: at.col_offset].decode()
            column = len(before.encode("utf-16-le")) // 2 + 1
        self.records.append([kind, form, level, module, name, line, column, statement_line])


# --- A folder -----------------------------------------------------------------------------------------------------

SKIPPED = {"node_modules", "__pycache__", "__pypackages__", "site-packages", "dist-packages"}
SKIPPED_UNLESS_PACKAGE = {"build", "dist"}


def is_importable(name):
    return name.isidentifier() and unicodedata.normalize("NFKC", name) == name


class Tree:
    """The sources below an import root, and which of them each dotted name stands for."""

    def __init__(self, root):
        self.root = root
        self.sources = {}  # path -> parts of its place: ("a", "b") for a/b.py and for a/b/__init__.py
        self.packages = set()  # parts of folders with an __init__
        self.chosen = {}  # importable parts -> path
        self.modules = {}  # all parts -> path: below folders that no statement can name, relative imports work
        self.extensions = set()
        self.find(root, ())
        self.modules = {place: path for path, place in self.sources.items()}
        self.namespaces = {
            parts[:depth]
            for parts in list(self.modules) + list(self.extensions)
            for depth in range(1, len(parts))
        } - set(self.modules)

    def find(self, start, start_parts):
        pending = [(start, start_parts)]
        entered = set()
        while pending:
            folder, parts = pending.pop()
            real = os.path.realpath(folder)
            if real in entered:
                continue
            entered.add(real)
            names = sorted(os.listdir(folder))
            has_init = "__init__.py" in names or "__init__.pyi" in names
            environment = "pyvenv.cfg" in names or "conda-meta" in names
            if parts and (environment or (parts[-1] in SKIPPED_UNLESS_PACKAGE and not has_init)):
                continue
            if parts and has_init:
                self.packages.add(parts)
            for name in names:
                path = os.path.join(folder, name)
                if os.path.isdir(path):
                    skipped = name.startswith(".") or name in SKIPPED
                    if not skipped and not name.endswith((".egg-info", ".dist-info")):
                        pending.append((path, parts + (name,)))
                elif os.path.isfile(path):
                    self.file(path, name, parts)

    def file(self, path, name, parts):
        stem, suffix = os.path.splitext(name)
        if suffix in (".so", ".pyd"):
            self.extensions.add(parts + (name.split(".")[0],))
        if suffix not in (".py", ".pyi"):
            return
        place = parts if stem == "__init__" and parts else parts + (stem,)
        if all(is_importable(part) for part in place):
            known = self.chosen.get(place)
            if known is not None and self.rank(known, place) <= self.rank(path, place):
                return
            if known is not None:
                del self.sources[known]
            self.chosen[place] = path
        self.sources[path] = place

    @staticmethod
    def rank(path, place):
        is_init = os.path.basename(path).startswith("__init__.") and place[-1] != "__init__"
        return (not is_init, path.endswith(".pyi"))

    def package_of(self, path):
        return tuple(os.path.relpath(os.path.dirname(path), self.root).split(os.sep)) if (
            os.path.dirname(path) != self.root
        ) else ()

    def target(self, path, form, level, module, name):
        """Path of the module that an import names; None where no source of the tree is meant."""
        parts = tuple(module.split(".")) if module else ()
        if form == "call" and level:
            anchor = self.package_of(path) if name == "package" else self.sources[path]
            return self.below(anchor, level, parts, "", path)
        wanted = name if form == "from" else ""
        if level:
            return self.below(self.package_of(path), level, parts, wanted, path)
        if self.known(parts[:1]):
            return self.search(parts, wanted, path)
        if parts[0] in STANDARD:
            return None
        home = self.package_of(path)
        while home:
            if home not in self.packages and self.known(home + parts[:1]):
                return self.search(home + parts, wanted, path)
            home = home[:-1]
        return None

    def below(self, anchor, level, parts, wanted, path):
        if level > len(anchor):
            return None
        return self.search(anchor[: len(anchor) - level + 1] + parts, wanted, path)

    def known(self, parts):
        return parts in self.modules or parts in self.extensions or parts in self.namespaces

    def search(self, parts, wanted, path):
        if wanted and self.known(parts + (wanted,)):
            return self.modules.get(parts + (wanted,))
        whole = parts
        while parts:
            if self.known(parts):
                found = self.modules.get(parts)
                # A module that is no package has nothing below it but what it put into sys.modules itself: `os.path`.
                beyond = parts != whole and found == path and self.rank(found, parts)[0]
                return None if beyond else found
            parts = parts[:-1]
        return None


# Top-level names that some Python from 3.8 to 3.15 has and this one may not.
OTHER_VERSIONS = set(
    """_bootlocale _dummy_thread _hmac _interpchannels _interpqueues _interpreters _ios_support _pyrepl
    _remote_debugging _sysconfig _types _zstd annotationlib asynchat asyncore binhex compression distutils
    dummy_threading formatter graphlib imp lib2to3 macpath parser profiling smtpd symbol tomllib zoneinfo""".split()
)


def standard_names():
    names = getattr(sys, "stdlib_module_names", None)
    if names is not None:
        return set(names) | OTHER_VERSIONS
    folder = os.path.dirname(os.__file__)
    found = {name.split(".")[0] for name in os.listdir(folder)}
    dynamic = os.path.join(folder, "lib-dynload")
    if os.path.isdir(dynamic):
        found.update(name.split(".")[0] for name in os.listdir(dynamic))
    return found | set(sys.builtin_module_names) | OTHER_VERSIONS


STANDARD = standard_names()


# --- Components ---------------------------------------------------------------------------------------------------


def components(nodes, successors):
    """Tarjan's algorithm without recursion: components of at least two nodes, or with a loop."""
    number, low, on_stack = {}, {}, set()
    stack, found = [], []
    for root in nodes:
        if root in number:
            continue
        number[root] = low[root] = len(number)
        stack.append(root)
        on_stack.add(root)
        work = [(root, iter(successors.get(root, ())))]
        while work:
            node, rest = work[-1]
            for successor in rest:
                if successor not in number:
                    number[successor] = low[successor] = len(number)
                    stack.append(successor)
                    on_stack.add(successor)
                    work.append((successor, iter(successors.get(successor, ()))))
                    break
                if successor in on_stack:
                    low[node] = min(low[node], number[successor])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == number[node]:
                    component = []
                    while True:
                        member = stack.pop()
                        on_stack.discard(member)
                        component.append(member)
                        if member == node:
                            break
                    if len(component) > 1 or node in successors.get(node, ()):
                        found.append(sorted(component))
    return sorted(found)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--output")
    parser.add_argument("--summary", action="store_true", help="print counts only")
    arguments = parser.parse_args()
    sys.setrecursionlimit(20000)
    tree = Tree(os.path.abspath(arguments.folder))
    records, edges, broken, successors = {}, [], {}, {}

    def relative(path):
        return os.path.relpath(path, tree.root)

    for path in sorted(tree.sources):
        try:
            found = FileReference(path).records
        except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
            broken[relative(path)] = "{}: {}".format(type(problem).__name__, problem)
            continue
        records[relative(path)] = found
        for kind, form, level, module, name, line, column, statement_line in found:
            target = tree.target(path, form, level, module, name)
            if target is None:
                continue
            if path.endswith(".pyi"):
                kind = "type-checking"  # CPython never reads a stub
            edge = [relative(path), relative(target), kind, form, line, column, statement_line]
            edges.append(edge)
            if kind in IMPORT_TIME:
                successors.setdefault(edge[0], set()).add(edge[1])
    knots = components([relative(path) for path in sorted(tree.sources)], successors)
    version = "{}.{}.{}".format(*sys.version_info)
    if arguments.summary:
        result = {
            "files": len(tree.sources),
            "records": sum(map(len, records.values())),
            "edges": len(edges),
            "broken": len(broken),
            "knots": len(knots),
        }
    else:
        result = {"records": records, "edges": edges, "broken": broken, "components": knots}
    result["version"] = version
    if arguments.output:
        with open(arguments.output, "w", encoding="utf-8", errors="surrogateescape") as stream:
            json.dump(result, stream)
    else:
        json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
