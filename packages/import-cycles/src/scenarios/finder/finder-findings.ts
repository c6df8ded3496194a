import type { FindingCatalogue } from '@seaworthy/scenario';

/** What the scenarios can find that check the analysis itself on modules whose cycles are known. */
export const finderFindings = {
  IMP021: {
    title: 'import cycle that was missed',
    meaning:
      'Modules were written that import each other in a known way, and the analysis did not find that cycle. If it misses this one it may miss yours, so no result of imports/project can be relied on until this is repaired.',
    causes: [
      'A defect of the analysis: an import statement that is not recognised, or a target that is not resolved.',
      'The files were changed, or not written at all, between writing and reading (a full disk, an eager virus scanner).',
    ],
    fixes: [
      'Look at the evidence: it names the cycle, and whether CPython itself went round it. If CPython did, please report the defect with the version of Seaworthy.',
      'If CPython did not, the files are not what was written: check the disk and the temporary folder.',
    ],
  },
  IMP022: {
    title: 'import cycle that does not exist',
    meaning:
      "The analysis reports a cycle that is not in the files: another one than was written, or one that an independent reader of the same files (CPython's own parser, with a search of its own) does not find. False alarms make people ignore true ones.",
    causes: [
      'A defect of the analysis: an import inside a function, for type checkers, or in a string counted as executed at import.',
      'A further module in the folder that should not be there.',
    ],
    fixes: ['Compare the cycle in the evidence with the files; please report the defect with both.'],
  },
  IMP023: {
    title: 'analysis of imports that crashed',
    meaning: 'The analysis ended with an error instead of a report, on a handful of simple modules.',
    causes: [
      'A defect of the analysis.',
      'The temporary folder cannot be read, or the process ran out of memory or open files.',
    ],
    fixes: ['Read the error in the evidence; `seaworthy doctor` shows the limits of this machine.'],
  },
  IMP024: {
    title: 'analysis of imports that is too slow',
    meaning:
      'The analysis of a few modules took longer than it may. On any machine it takes some milliseconds, so something is wrong with the analysis or with the machine.',
    causes: [
      'A search that grows exponentially with the number of cycles.',
      'A machine that is overloaded, or a temporary folder on a slow network file system.',
    ],
    fixes: [
      'Run it again alone: `seaworthy validate imports/simple-cycle`.',
      'Point TMPDIR to a local disk.',
      'Raise `maxSearch` only if the machine is known to be that slow.',
    ],
  },
} as const satisfies FindingCatalogue;

/** imports/simple-cycle also finds this. */
export const agreementFindings = {
  IMP025: {
    title: 'CPython does something else than predicted',
    meaning:
      'For each module of a cycle the analysis predicts what happens when it is the first one to be imported: nothing, or a crash with a certain error in a certain line. Each module was then really imported in a fresh interpreter, and one of them went otherwise.',
    causes: [
      'A defect of the prediction.',
      'An interpreter whose import system was changed: an import hook in a .pth file or in sitecustomize, a coverage tool that is always on, an exotic build.',
    ],
    fixes: [
      'Compare with a plain interpreter of the same version: `python -I -S`.',
      'Use `seaworthy imports --verify`, which tries instead of predicting.',
    ],
  },
} as const satisfies FindingCatalogue;
