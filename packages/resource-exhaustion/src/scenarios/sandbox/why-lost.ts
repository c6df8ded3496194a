import { KeeperGone, KeeperRefused } from '../../keeper/keeper-gone.ts';
import { FiguresGone } from '../../pressure/figures-gone.ts';

/** What kept a pressure from being made or measured, and says nothing about limits; `undefined` for a mistake of ours. */
export function whyLost(error: unknown): string | undefined {
  if (error instanceof KeeperGone || error instanceof FiguresGone) return error.message;
  // Such as a limit of processes that others use up.
  if (error instanceof KeeperRefused) return `something was refused to it. ${error.message}`;
  return undefined;
}
