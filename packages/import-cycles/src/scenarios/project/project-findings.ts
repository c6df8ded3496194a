import type { FindingCatalogue } from '@seaworthy/scenario';

/** What imports/project can find. */
export const projectFindings = {
  IMP001: {
    title: 'import cycle',
    meaning:
      'Some modules of the project import each other in a circle while they are being imported. What counts is every import that executing the top level of a module may reach, in `if`, `try`, loops and class bodies too; not those inside functions, below `if TYPE_CHECKING:` or `if __name__ == "__main__":`. An import names one module (of `from package import name` the submodule where there is one, else the package): the `__init__` of the packages around it, which CPython executes on the way, makes no circle by itself. A module that imports itself is a circle of one. Python allows this, and often it works; but while the first module of the circle is being executed, the others see only what it has defined so far. So whether it works depends on which module is imported first, and a new test file or a reordered import can turn it into a crash. Modules that all reach each other are reported as one knot, with a shortest cycle as evidence and the fewest imports whose move leaves no cycle. With a baseline, a knot with an import that the baseline does not know is an error; without one, a cycle is a warning as long as there are not too many (IMP004) and none is too long (IMP002).',
    causes: [
      'Two modules that each need a class or function of the other one: models and services, a registry and its plugins.',
      'A package whose `__init__.py` re-exports names of its submodules, which import from the package.',
      'Imports that are only needed for type annotations.',
      'A helper that imports the application to get its configuration.',
    ],
    fixes: [
      'Only annotations use the name: put the import below `if TYPE_CHECKING:` (with `from __future__ import annotations`).',
      'Only functions use it: move the import into the function.',
      'The name comes from a package that re-exports it: import it from the submodule that defines it.',
      'Module-level code of both sides needs it: move what both need into a third module.',
      'To accept the present state and let nothing be added: write a baseline with `seaworthy imports --baseline FILE --update-baseline`; to accept one import: `# seaworthy: ignore[import-cycle] -- reason` in its line.',
    ],
  },
  IMP002: {
    title: 'import cycle that is too long',
    meaning:
      'A circle of imports goes through more modules than `maxLength` allows (5 where nothing is configured). The length is that of the longest closed path that meets no module twice; where a knot has more such paths than are listed, the longest one listed. Long cycles couple parts of a project that nobody thinks of as one; they are hard to see, since every single import in them looks harmless.',
    causes: [
      'A low-level module (logging, configuration, utilities) that imports something from far above.',
      'An application object that everything imports and that imports everything.',
      'A package whose `__init__.py` imports all of its submodules.',
    ],
    fixes: [
      'Look at the import to move in the report first: it is the one that leaves no cycle with the fewest changes. It is often the one that points from a low-level module upwards.',
      'Let the low-level module take what it needs as an argument instead of importing it.',
      'Raise `maxLength` for imports/project in the configuration, or accept the knot in a baseline, when it cannot be changed now.',
    ],
  },
  IMP003: {
    title: 'module that crashes when it is imported first',
    meaning:
      "A fresh interpreter whose first import of the project is this module ends with an error, though other entry points work: pytest, a worker, a migration or a console script may be the first one to take it, and a single test file then fails when it runs alone. The chain of imports in the evidence shows how the import comes back to a module whose body has not been finished, and which name is not there yet. `predicted` means that this follows from the source, without executing anything; `tried` that it really happened in the project's interpreter.",
    causes: [
      '`from a import x` inside a cycle, executed before `a` has defined `x`: "cannot import name x from partially initialized module a".',
      '`a.x` at module level, in a default argument, a decorator or a base class, while `a` is only half initialised.',
      'An order of imports that happens to be right from the usual entry point and wrong from this one.',
    ],
    fixes: [
      'Make the import that the fix names later (inside a function, or below `if TYPE_CHECKING:`), then run `python -c "import module"` again.',
      'Replace `from a import x` by `import a`, and write `a.x` where it is used, if that is inside functions.',
      'See which modules are affected: `seaworthy imports --verify` tries each of them.',
      'Set `maxFirstImportCrashes: 0` for imports/project to make such modules fail the run.',
    ],
  },
  IMP004: {
    title: 'more import cycles than allowed',
    meaning:
      'The project has more import cycles than `maxCycles` allows (20 where nothing is configured), and no baseline says which of them are accepted. Counted are elementary cycles: closed paths that meet no module twice. Their number grows fast in a dense knot, while the number of imports to move stays small: both are listed for the largest knots.',
    causes: [
      'One dense knot: a dozen modules of a package that all import each other, often through its `__init__.py`.',
      'Many small cycles between models and services.',
    ],
    fixes: [
      'Begin with the knot that has the most cycles and the fewest imports to move.',
      'Accept the present state with a baseline (`seaworthy imports --baseline FILE --update-baseline`, and `baseline` in the configuration): from then on only new cycles fail.',
      'Raise `maxCycles` for imports/project in the configuration.',
    ],
  },
  IMP005: {
    title: 'analysis of the project that is too slow',
    meaning:
      'Reading and analysing all Python files took longer than `maxDuration`. Some ten thousand files take a second or two, so probably more is read than belongs to the project, or reading is slow.',
    causes: [
      'Virtual environments, build output or data folders with Python files inside the project folder.',
      'A network file system, or a bind mount of Docker Desktop.',
    ],
    fixes: [
      'Name the folders to analyse (`roots`), or leave some out (`exclude`).',
      'Compare with the number of modules in the message: is it what you expect?',
    ],
  },
  IMP006: {
    title: 'import that the analysis missed',
    meaning:
      "As a check of the analysis, CPython's own parser read a part of the files, and it sees imports of modules of the project that the analysis does not have. Cycles through these imports may be missing from the report. The evidence lists them with file and line.",
    causes: ['A defect of the analysis.', 'A file that was changed between the two readings.'],
    fixes: [
      'Run it again to exclude a change of the files; then please report the lines of the evidence as a defect.',
      'Raise `maxMissedImports` to go on meanwhile.',
    ],
  },
  IMP007: {
    title: 'file that could not be analysed completely',
    meaning:
      'A file has a syntax error, cannot be read or decoded, is too large, or two files claim the same module name. The rest of the project was analysed; imports of this file may be missing.',
    causes: [
      'A syntax error, or syntax of Python 2 or of a template.',
      'A wrong encoding cookie, missing permissions, a symbolic link that leads in a circle.',
    ],
    fixes: ['Repair the file, or leave it out with `exclude`.'],
  },
  IMP008: {
    title: 'exception that is not needed any more',
    meaning:
      'An ignore comment matches no import in a cycle, gives no reason, or the baseline holds an import that is in no cycle any more. Exceptions that stay behind hide the next cycle.',
    causes: ['The cycle was broken, or the import was moved.'],
    fixes: ['Remove the comment, or write the baseline anew: it can only shrink.'],
  },
} as const satisfies FindingCatalogue;
