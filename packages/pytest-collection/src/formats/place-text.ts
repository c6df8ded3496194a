import type { SourceLocation } from '@seaworthy/scenario';

/** `tests/conftest.py:3`. */
export function placeText({ path, line }: SourceLocation): string {
  return line === undefined ? path : `${path}:${line}`;
}
