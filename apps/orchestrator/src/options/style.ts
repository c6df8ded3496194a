import type { Output, Surroundings } from '../surroundings.ts';

export interface Style {
  readonly color: boolean;
  readonly width: number;
  /** Whether what was written can be written over: a terminal that knows how. */
  readonly live: boolean;
}

/**
 * How to print on a stream. Colour: the flag decides, then NO_COLOR (empty counts as unset), then FORCE_COLOR (0 is off),
 * then whether it is a terminal that knows colours.
 */
export function styleFor(
  output: Output,
  { env }: Pick<Surroundings, 'env'>,
  flag: boolean | undefined,
): Style {
  return {
    color: colored(output, env, flag),
    width: Math.max(40, output.columns ?? columnsFrom(env)),
    live: output.isTTY && env['TERM'] !== 'dumb',
  };
}

function colored(output: Output, env: Surroundings['env'], flag: boolean | undefined): boolean {
  if (flag !== undefined) return flag;
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'] ?? '';
  if (forced !== '') return forced !== '0' && forced !== 'false';
  return output.isTTY && env['TERM'] !== 'dumb';
}

function columnsFrom(env: Surroundings['env']): number {
  const columns = Number(env['COLUMNS']);
  return Number.isInteger(columns) && columns > 0 ? columns : 80;
}
