"""The sources below a folder, and which of them an import names."""

import os
import unicodedata

from standard_names import STANDARD

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
