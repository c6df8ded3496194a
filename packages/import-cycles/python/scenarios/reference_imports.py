"""Find imports and cycles with CPython's own parser and nothing else: the judge of Seaworthy's analysis.

    reference_imports.py < REQUEST

REQUEST is a JSON object: `base` (folder), `modules` (each with `name`, `path` below base, `isPackage`) among which
imports are looked for, `read` (names of those whose files are read; all without it), and `cycles` (whether to search
for cycles). Prints a JSON object:
`imports` as [from, to, line of the statement, executed at import], `unparsed` (files that this interpreter cannot
parse), and with `cycles` the `knots` and the elementary `cycles` of the imports that are executed at import.
Shares no code and no idea with the analysis: a recursive walk over the syntax tree, reachability instead of Tarjan.
"""

import ast
import json
import os
import sys
import warnings

warnings.simplefilter("ignore")
sys.setrecursionlimit(20_000)


def is_type_checking(test):
    name = test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", None)
    return name == "TYPE_CHECKING"


def is_main(test):
    return (
        isinstance(test, ast.Compare)
        and isinstance(test.left, ast.Name)
        and test.left.id == "__name__"
        and isinstance(test.ops[0], ast.Eq)
    )


class Extensions:
    """Which submodules are compiled: `from package import name` means them, and they import nothing we could see."""

    def __init__(self, base, modules):
        self.folders = {
            module["name"]: os.path.dirname(os.path.join(base, module["path"]))
            for module in modules
            if module["isPackage"]
        }
        self.listed = {}

    def has(self, package, name):
        folder = self.folders.get(package)
        if folder is None:
            return False
        if folder not in self.listed:
            files = [file for file in os.listdir(folder) if file.endswith((".so", ".pyd"))]
            self.listed[folder] = {file.split(".")[0] for file in files}
        return name in self.listed[folder]


class Reader(ast.NodeVisitor):
    """Collects (name of the target, line, executed at import) of every import statement of one module."""

    def __init__(self, module, names, extensions):
        self.module = module
        self.names = names
        self.extensions = extensions
        self.now = True
        self.found = []

    def later(self, nodes):
        before, self.now = self.now, False
        for node in nodes:
            self.visit(node)
        self.now = before

    def visit_FunctionDef(self, node):
        for expression in node.decorator_list + node.args.defaults:
            self.visit(expression)
        self.later(node.body)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_If(self, node):
        if is_type_checking(node.test) or is_main(node.test):
            self.later(node.body)
            for other in node.orelse:
                self.visit(other)
        else:
            self.generic_visit(node)

    def record(self, target, node):
        if target in self.names:
            self.found.append((target, node.lineno, self.now))

    def visit_Import(self, node):
        for alias in node.names:
            self.record(alias.name, node)

    def visit_ImportFrom(self, node):
        package = node.module or ""
        if node.level:
            parts = self.module["name"].split(".")
            drop = node.level - (1 if self.module["isPackage"] else 0)
            if drop >= len(parts):
                return
            parts = parts[: len(parts) - drop]
            package = ".".join(parts + ([node.module] if node.module else []))
        for alias in node.names:
            submodule = package + "." + alias.name
            if submodule in self.names:
                self.record(submodule, node)
            elif not self.extensions.has(package, alias.name):
                self.record(package, node)


def knots_of(graph):
    """Modules that reach each other, by plain reachability from each of them."""
    reach = {}
    for start in graph:
        seen, todo = set(), list(graph[start])
        while todo:
            node = todo.pop()
            if node not in seen:
                seen.add(node)
                todo.extend(graph[node])
        reach[start] = seen
    knots = {tuple(sorted(m for m in reach[n] if n in reach[m])) for n in graph if n in reach[n]}
    return sorted(list(knot) for knot in knots)


def cycles_of(graph):
    """Every elementary cycle, each from its smallest module on."""
    cycles = []

    def extend(path):
        for target in sorted(graph[path[-1]]):
            if target == path[0]:
                cycles.append(list(path))
            elif target > path[0] and target not in path:
                extend(path + [target])

    for start in sorted(graph):
        extend([start])
    return sorted(cycles)


def main():
    request = json.load(sys.stdin)
    modules = request["modules"]
    names = {module["name"] for module in modules}
    wanted = set(request.get("read") or names)
    extensions = Extensions(request["base"], modules)
    imports, unparsed = [], []
    for module in modules:
        if module["name"] not in wanted:
            continue
        path = os.path.join(request["base"], module["path"])
        try:
            with open(path, "rb") as file:
                tree = ast.parse(file.read(), path)
            reader = Reader(module, names, extensions)
            reader.visit(tree)
        except (OSError, SyntaxError, ValueError, RecursionError, MemoryError) as error:
            unparsed.append({"path": module["path"], "message": "%s: %s" % (type(error).__name__, error)})
            continue
        imports.extend([module["name"], target, line, now] for target, line, now in reader.found)
    result = {"imports": imports, "unparsed": unparsed}
    if request.get("cycles"):
        graph = {name: set() for name in names}
        for source, target, _, now in imports:
            if now:
                graph[source].add(target)
        result["knots"] = knots_of(graph)
        result["cycles"] = cycles_of(graph)
    json.dump(result, sys.stdout)


main()
