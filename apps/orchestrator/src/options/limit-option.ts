import { UsageError } from '@seaworthy/scenario';

/** `--limit imports/project.maxCycles=30`, taken apart; nothing of it is checked against a scenario yet. */
export interface LimitOption {
  readonly id: string;
  readonly name: string;
  readonly value: number;
}

export function limitOption(text: string): LimitOption {
  const [, id, name, number] = /^([^=]+)\.([^.=]+)=(.+)$/.exec(text) ?? [];
  if (id === undefined || name === undefined || number === undefined) {
    throw new UsageError(
      'BAD_LIMIT',
      `--limit takes id.name=value, such as imports/project.maxCycles=30, got ${JSON.stringify(text)}.`,
    );
  }
  const value = Number(number);
  if (number.trim() === '' || !Number.isFinite(value)) {
    throw new UsageError('BAD_LIMIT', `--limit ${id}.${name} takes a number, got ${JSON.stringify(number)}.`);
  }
  return { id, name, value };
}
