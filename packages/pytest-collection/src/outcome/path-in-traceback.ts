/**
 * The file of the innermost frame that is the project's or a plugin's: pytest and pluggy, which call everything, are
 * passed over where there is anything else. Understands Python's own format and pytest's short one.
 */
export function pathInTraceback(traceback: string): string | undefined {
  const paths = [
    ...traceback.matchAll(/^(?:INTERNALERROR> )?(?: *File "([^"]+)", line \d+|(\/[^:\n]+\.py):\d+:)/gm),
  ]
    .map((match) => match[1] ?? match[2])
    .filter((path) => path !== undefined && path.startsWith('/'));
  return paths.findLast((path) => !isMachinery(path ?? '')) ?? paths.at(-1);
}

function isMachinery(path: string): boolean {
  return /\/(?:_pytest|pluggy|importlib|seaworthy_collect)\//.test(path);
}
