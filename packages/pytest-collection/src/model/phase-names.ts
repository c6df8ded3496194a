/** The phases of a collection, in their order: see `PhaseName`. */
export const PHASE_NAMES = [
  'start-up',
  'import',
  'configure',
  'collect',
  'modify',
  'report',
  'unconfigure',
  'exit',
] as const;
