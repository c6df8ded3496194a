"""Where files use the names that they import, as CPython's own `ast` and `symtable` see it.

Prints a JSON object for each file of the command line: for each name that exactly one import statement of the module
body binds, the statement's line and `[line, when]` of every use, `when` being `import`, `call` or `annotation`. Uses in
class bodies that bind the name themselves are left out: which of the two is meant is only known at run time.
"""

import ast
import json
import re
import symtable
import sys


class Uses(ast.NodeVisitor):
    def __init__(self, table, names):
        self.tables = [table]
        self.when = "import"
        self.found = {name: set() for name in names}
        self.taken = set()

    def means_module(self, name):
        """True, False, or None where only running the program tells."""
        table = self.tables[-1]
        if table.get_type() == "module":
            return True
        try:
            symbol = table.lookup(name)
        except KeyError:
            return not any(
                outer.get_type() == "function" and name in outer.get_identifiers() and outer.lookup(name).is_local()
                for outer in self.tables
            )
        if table.get_type() == "class" and symbol.is_local():
            return None
        return symbol.is_global()

    def note(self, name, line):
        if name in self.found and self.means_module(name) is not False:
            self.found[name].add((line, self.when if self.means_module(name) else "unknown"))

    def visit_Name(self, node):
        self.note(node.id, node.lineno)

    def visit_Constant(self, node):
        if self.when == "annotation" and isinstance(node.value, str):
            for word in set(re.split(r"\W+", node.value)):
                self.note(word, node.lineno)

    def inside(self, node, name, visit, when=None):
        tables = [
            table
            for table in self.tables[-1].get_children()
            if table.get_name() == name and table.get_id() not in self.taken
        ]
        if not tables:
            # Newer Pythons keep what an annotation holds in tables of its own.
            self.during(when if self.when == "import" else None, visit)
            return
        table = next((table for table in tables if table.get_lineno() == node.lineno), tables[0])
        self.taken.add(table.get_id())
        self.tables.append(table)
        self.during(when if self.when == "import" else None, visit)
        self.tables.pop()

    def during(self, when, visit):
        before, self.when = self.when, when or self.when
        visit()
        self.when = before

    def all(self, nodes):
        for node in nodes:
            if node is not None:
                self.visit(node)

    def annotations(self, nodes):
        self.during("annotation", lambda: self.all(nodes))

    def visit_FunctionDef(self, node):
        arguments = node.args
        plain = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        self.all([*node.decorator_list, *arguments.defaults, *arguments.kw_defaults])
        self.annotations([argument.annotation for argument in plain if argument is not None] + [node.returns])
        self.inside(node, node.name, lambda: self.all(node.body), "call")
        self.note(node.name, node.lineno)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node):
        self.all([*node.args.defaults, *node.args.kw_defaults])
        self.inside(node, "lambda", lambda: self.visit(node.body), "call")

    def visit_ClassDef(self, node):
        self.all([*node.decorator_list, *node.bases, *[keyword.value for keyword in node.keywords]])
        self.inside(node, node.name, lambda: self.all(node.body))
        self.note(node.name, node.lineno)

    def visit_comprehension_of(self, node, name, parts):
        first, *others = node.generators
        self.visit(first.iter)

        def rest():
            self.all([first.target, *first.ifs])
            for each in others:
                self.all([each.target, each.iter, *each.ifs])
            self.all(parts)

        self.inside(node, name, rest)

    def visit_ListComp(self, node):
        self.visit_comprehension_of(node, "listcomp", [node.elt])

    def visit_SetComp(self, node):
        self.visit_comprehension_of(node, "setcomp", [node.elt])

    def visit_GeneratorExp(self, node):
        self.visit_comprehension_of(node, "genexpr", [node.elt])

    def visit_DictComp(self, node):
        self.visit_comprehension_of(node, "dictcomp", [node.key, node.value])

    def visit_AnnAssign(self, node):
        self.annotations([node.annotation])
        self.all([node.target, node.value])

    def visit_If(self, node):
        self.visit(node.test)
        test = ast.dump(node.test)
        when = "annotation" if "TYPE_CHECKING" in test else "call" if "id='__name__'" in test else None
        self.during(when if self.when == "import" else None, lambda: self.all(node.body))
        self.all(node.orelse)


def imported_names(body):
    lines = {}
    for node in body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                if alias.asname or "." not in alias.name:
                    lines.setdefault(alias.asname or alias.name, []).append(node.lineno)
    return {name: found[0] for name, found in lines.items() if len(found) == 1 and name != "*"}


for path in sys.argv[1:]:
    with open(path, "rb") as file:
        source = file.read()
    try:
        text = source.decode("utf-8")
        tree = ast.parse(source)
        table = symtable.symtable(text, path, "exec")
    except (SyntaxError, UnicodeDecodeError, ValueError):
        continue
    if any(getattr(node, "type_params", None) for node in ast.walk(tree)):
        continue  # Their scopes lie between a function and its module.
    names = imported_names(tree.body)
    uses = Uses(table, names)
    uses.visit(tree)
    print(json.dumps({
        "path": path,
        "names": {name: {"line": names[name], "uses": sorted(uses.found[name])} for name in names},
    }))
