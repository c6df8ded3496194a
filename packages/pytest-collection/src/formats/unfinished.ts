/** Behind the name of what was being collected when the run ended. */
export const UNFINISHED = ' (unfinished)';
