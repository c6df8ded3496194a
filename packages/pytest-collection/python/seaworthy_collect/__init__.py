"""Records a pytest collection: what happens when, and what it costs.

PYTEST_DONT_REWRITE. Loaded by collect_main.py from its own path, so neither sys.path nor the environment tells of it.
Standard library only, Python 3.8-3.14, pytest 6-9.
"""
