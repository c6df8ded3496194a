import type { FindingCatalogue } from '@seaworthy/scenario';

/** What imports/performance can find. */
export const performanceFindings = {
  IMP031: {
    title: 'circular imports that are dramatically slower',
    meaning:
      'Four modules that import each other in a circle take several times as long to import as the same four modules without the import that closes the circle. CPython itself hardly notices a circle: an import of a module that is still being executed is one look into sys.modules. So something in the modules does work because of the circle. The ratio is that of the medians of interleaved runs in fresh interpreters, on two clocks: processor time shows code that is executed, elapsed time also what sleeps, waits for a lock or for the network.',
    causes: [
      'A module body computes, reads files or connects to something, and does it again each time it is entered.',
      'A retry loop around an import that fails at first because the other module is only half initialised.',
      'importlib.reload, or deleting from sys.modules, to get round the circle: each module is executed several times.',
      'An import hook or a plugin of the interpreter that does much for each import statement.',
    ],
    fixes: [
      'Move the work out of the module body into a function, and cache its result there (functools.cache).',
      'Break the circle where the report of imports/project says: defer the import into the function that needs it, or move what both need into a third module.',
      'Look at `python -X importtime -c "import package"`: the column `self` names the module whose own body is slow.',
    ],
  },
  IMP032: {
    title: 'import that failed while it was timed',
    meaning:
      'A module of the circle could not be imported at all. A time of a failed import says nothing, so no ratio is judged. The error of each kind is listed as evidence.',
    causes: [
      '`from other import name` where `other` is only half initialised, since it is the one that started the circle.',
      'Attribute access on such a module at module level: `other.name` before `other` has defined it.',
      'The interpreter has an import hook, or a site customisation, that breaks plain imports.',
    ],
    fixes: [
      'Use `import other` and look the name up when it is needed, inside a function.',
      'Run the file of the error by hand with `python -c "import module"` for each module of the circle: it may crash from one of them only.',
    ],
  },
  IMP033: {
    title: 'circular imports that need much more memory',
    meaning:
      'The peak memory of the process that imports the circle lies well above that of the process that imports the same modules without it. The figure is VmHWM of each fresh interpreter, median against median.',
    causes: [
      'A module makes large objects in its body, and its body is executed more often because of the circle.',
      'The circle pulls in modules that the clean order would not have loaded.',
    ],
    fixes: [
      'Create large objects when they are first used, not at import.',
      'Import heavy libraries inside the functions that use them.',
    ],
  },
} as const satisfies FindingCatalogue;
