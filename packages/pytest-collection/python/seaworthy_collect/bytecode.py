"""Keeps bytecode in a folder of its own, so that nothing is written anywhere else.

What lies below the root is neither read from nor written to its own __pycache__ folders. Everything else (pytest, the
standard library, site-packages) is read where it is, and what has no bytecode there gets it in the folder as well.
"""

import importlib._bootstrap_external as external
import os
import sys

_INSTALLED = ("site-packages", "dist-packages")


class PrivateBytecode:
    def __init__(self, folder, root, recorder):
        self._recorder = recorder
        self._folder = os.path.abspath(folder)
        self._within = self._folder + os.sep
        roots = {os.path.abspath(root), os.path.realpath(root)}
        self._roots = tuple(path.rstrip(os.sep) + os.sep for path in sorted(roots))

    def install_imports(self):
        # Whatever PYTHONDONTWRITEBYTECODE says: that is about the project's folders, which stay untouched.
        sys.dont_write_bytecode = False
        original = self._found(external, "cache_from_source")
        keep = self._found(external.SourceFileLoader, "_cache_bytecode")
        if original is None or keep is None:
            return

        def cache_from_source(path, *rest, **named):
            return self.place(path, original(path, *rest, **named))

        def _cache_bytecode(loader, source_path, bytecode_path, data):
            return keep(loader, source_path, self._inside(source_path, bytecode_path), data)

        for function in (cache_from_source, _cache_bytecode):
            function.__code__ = function.__code__.replace(co_filename="<frozen importlib._bootstrap_external>")
        external.cache_from_source = cache_from_source
        external.SourceFileLoader._cache_bytecode = _cache_bytecode

    def install_rewriter(self):
        from _pytest.assertion import rewrite

        original = self._found(rewrite, "get_cache_dir")
        tail = self._found(rewrite, "PYC_TAIL")
        if original is None or tail is None:
            return

        def get_cache_dir(file_path):
            source = str(file_path)
            folder = str(original(file_path))
            name = os.path.basename(source)[:-3] + tail
            return type(file_path)(os.path.dirname(self.place(source, os.path.join(folder, name))))

        rewrite.get_cache_dir = get_cache_dir

    def install_cache(self):
        """pytest's own cache directory, with what --lf and the like need to choose the same tests."""
        import shutil

        from _pytest import cacheprovider

        cache = getattr(cacheprovider, "Cache", None)
        original = self._recorder.private(cache, "cache_dir_from_config", "pytest's cache is not kept out of the project")
        if original is None:
            return
        folder = os.path.join(self._folder, "pytest-cache")

        def cache_dir_from_config(config, *rest, **named):
            theirs = original(config, *rest, **named)
            try:
                values = os.path.join(str(theirs), "v", "cache")
                if not os.path.isdir(folder) and os.path.isdir(values):
                    shutil.copytree(values, os.path.join(folder, "v", "cache"))
            except (OSError, shutil.Error):
                pass
            return type(theirs)(folder)

        cache.cache_dir_from_config = staticmethod(cache_dir_from_config)

    def _found(self, owner, name):
        found = self._recorder.private(owner, name, "no bytecode is written")
        if found is None:
            # Better none at all than some in the project's folders
            sys.dont_write_bytecode = True
        return found

    def place(self, source, usual):
        """Where the bytecode of a source is, or is to be; `usual` is where it would be without us."""
        if not os.path.isabs(source):
            source = os.path.abspath(source)
        private = os.path.join(self._folder, "bytecode", os.path.dirname(source)[1:], os.path.basename(usual))
        if self._is_project(source) or os.path.exists(private) or not os.path.exists(usual):
            return private
        return usual

    def place_to_write(self, pyc):
        """The same for a file of the rewriter, which may be there but stale; keeps the class of the path."""
        path = str(pyc)
        if path.startswith(self._within):
            return pyc
        inside = self._inside(os.path.join(os.path.dirname(os.path.dirname(path)), "x.py"), path)
        os.makedirs(os.path.dirname(inside), exist_ok=True)
        return type(pyc)(inside)

    def _inside(self, source, usual):
        if usual.startswith(self._within):
            return usual
        folder = os.path.dirname(os.path.abspath(source))
        return os.path.join(self._folder, "bytecode", folder[1:], os.path.basename(usual))

    def _is_project(self, source):
        if not source.startswith(self._roots):
            return False
        return not any(part in _INSTALLED for part in source.split(os.sep))
