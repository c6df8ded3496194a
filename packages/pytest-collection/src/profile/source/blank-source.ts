/**
 * Python source of the same length, in which comments and the contents of strings are blank, and a statement that goes
 * over several lines (in brackets, or after a backslash) is one line. Offsets stay true to the original.
 */
export function blankSource(source: string): string {
  const text = Array.from({ length: source.length }, (_, at) => source[at] ?? ' ');
  let depth = 0;
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '#') at = blank(text, at, endOfLine(source, at));
    else if (char === '"' || char === "'") at = blankString(text, source, at);
    else {
      if ('([{'.includes(char)) depth++;
      else if (')]}'.includes(char)) depth = Math.max(0, depth - 1);
      else if (char === '\n' && depth > 0) text[at] = ' ';
      else if (char === '\\') {
        const end = source.startsWith('\r\n', at + 1) ? at + 3 : at + 2;
        at = blank(text, at, end);
        continue;
      }
      at++;
    }
  }
  return text.join('');
}

/** 1-based. */
export function lineAt(source: string, offset: number): number {
  let line = 1;
  for (let at = source.indexOf('\n'); at !== -1 && at < offset; at = source.indexOf('\n', at + 1)) line++;
  return line;
}

function blankString(text: string[], source: string, start: number): number {
  const quote = source[start] ?? '';
  const triple = source.startsWith(quote.repeat(3), start);
  const mark = triple ? quote.repeat(3) : quote;
  let at = start + mark.length;
  while (at < source.length && !source.startsWith(mark, at)) {
    // A string on one line that is not closed: the source is broken, or our reading of it; go on with the next line.
    if (!triple && source[at] === '\n') return at;
    at = blank(text, at, source[at] === '\\' ? at + 2 : at + 1);
  }
  return Math.min(at + mark.length, source.length);
}

function blank(text: string[], from: number, to: number): number {
  const end = Math.min(to, text.length);
  for (let at = from; at < end; at++) text[at] = ' ';
  return end;
}

function endOfLine(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  return end === -1 ? source.length : end;
}
