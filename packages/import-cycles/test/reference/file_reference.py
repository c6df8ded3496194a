"""The imports of one file, by CPython's own parser."""

import ast
import re
import sys
import tokenize

from conditions import Folder

STRENGTH = {
    name: index
    for index, name in enumerate(
        ("module", "class", "conditional", "try", "lazy", "function", "main", "type-checking")
    )
}
DOTTED = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*\Z")
HAS_FSTRING_POSITIONS = sys.version_info >= (3, 12)


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
