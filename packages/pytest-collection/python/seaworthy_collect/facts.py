"""What pytest made of its configuration, and which plugins take part."""

import os
import shlex
import sys

from .rows import plain

# Of a distribution's metadata, characters: name and version come first by custom.
_LONGEST_HEAD = 2000


def pytest_facts(config, ours):
    import pluggy
    import pytest

    inifile = getattr(config, "inipath", None) or getattr(config, "inifile", None)
    return {
        "version": plain(pytest.__version__),
        "pluggy": plain(getattr(pluggy, "__version__", "")),
        "rootdir": plain(getattr(config, "rootpath", None) or config.rootdir),
        "inifile": plain(inifile) if inifile else None,
        "testpaths": _texts(_ini(config, "testpaths")),
        "args": _arguments(config),
        "plugins": plugins(config.pluginmanager, _asked_for(config), ours),
    }


def plugins(manager, asked_for=(), ours=None, known=()):
    """All but those whose names are known."""
    distributions = {}
    for plugin, distribution in manager.list_plugin_distinfo():
        distributions[id(plugin)] = distribution
    conftests = getattr(manager, "_conftest_plugins", ())
    told = []
    for name, plugin in manager.list_name_plugin():
        if plugin is None or plugin is ours or plain(name) in known:
            continue
        try:
            told.append(_plugin(plain(name), plugin, distributions.get(id(plugin)), conftests, asked_for))
        except Exception:
            # An object that does not even let its attributes be looked at
            told.append({"name": plain(name), "origin": "other"})
    return told


def _plugin(name, plugin, distribution, conftests, asked_for):
    is_module = isinstance(plugin, type(sys))
    module = plugin.__name__ if is_module else type(plugin).__module__
    facts = {"name": name}
    if plain(module).split(".")[0] in ("_pytest", "pytest"):
        facts["origin"] = "builtin"
    elif distribution is not None:
        facts["origin"] = "entry-point"
        facts["distribution"], facts["version"] = _name_and_version(distribution)
    elif is_module and (plugin in conftests or os.path.basename(name) == "conftest.py"):
        facts["origin"] = "conftest"
    elif name in asked_for:
        facts["origin"] = "command-line"
    else:
        facts["origin"] = "other"
    path = getattr(plugin if is_module else sys.modules.get(module), "__file__", None)
    if path:
        facts["path"] = plain(os.path.abspath(path))
    return facts


def _name_and_version(distribution):
    """From the first lines of the metadata; parsing all of it would take longer than many a plugin's import."""
    text = distribution.read_text("METADATA") or distribution.read_text("PKG-INFO") or ""
    found = {}
    for line in text[:_LONGEST_HEAD].split("\n"):
        name, colon, value = line.partition(":")
        if colon and name in ("Name", "Version"):
            found.setdefault(name, value.strip())
            if len(found) == 2:
                return found["Name"], found["Version"]
    metadata = distribution.metadata
    return plain(metadata["Name"]), plain(metadata["Version"])


def _asked_for(config):
    names = list(getattr(config.option, "plugins", None) or ())
    return {plain(name) for name in names}


def _arguments(config):
    """addopts, PYTEST_ADDOPTS and the command line, in the order in which pytest reads them."""
    arguments = _texts(_ini(config, "addopts"))
    try:
        arguments += shlex.split(os.environ.get("PYTEST_ADDOPTS", ""))
    except ValueError:
        pass
    given = getattr(getattr(config, "invocation_params", None), "args", ())
    return arguments + [plain(argument) for argument in given if argument != "--collect-only"]


def _ini(config, name):
    try:
        return config.getini(name)
    except (ValueError, KeyError):
        return []


def _texts(value):
    if isinstance(value, str):
        try:
            return shlex.split(value)
        except ValueError:
            return [value]
    return [plain(part) for part in value or ()]
