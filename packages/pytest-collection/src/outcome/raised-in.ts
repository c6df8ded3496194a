import type { PytestEnding } from '../model/recording.ts';

/**
 * The file whose fault an exception is: of its innermost frame that is not pytest's, which raises on behalf of others, nor
 * of the machinery below it.
 */
export function raisedIn({ raisedIn: innermost, traceback = '' }: PytestEnding): string | undefined {
  if (innermost !== undefined && !isMachinery(innermost)) return innermost;
  const paths = [...traceback.matchAll(/^ *(?:INTERNALERROR> *)?File "([^"]+)", line \d+/gm)].map(
    ([, path = '']) => path,
  );
  return paths.findLast((path) => path.startsWith('/') && !isMachinery(path)) ?? innermost;
}

function isMachinery(path: string): boolean {
  return /\/(?:_pytest|pluggy|importlib|seaworthy_collect)\/|\/collect_main\.py$/.test(path);
}
