/**
 * The words of a command line, taken apart as a shell does: quotes and backslashes, nothing else.
 *
 * @returns `undefined` where a quote is not closed.
 */
export function splitWords(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote: '"' | "'" | undefined;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (quote === undefined && /\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    word ??= '';
    if (char === quote) quote = undefined;
    else if (quote === undefined && (char === '"' || char === "'")) quote = char;
    else if (char === '\\' && quote !== "'") {
      const next = text[i + 1] ?? '';
      // In double quotes a backslash stays in front of what it has no power over.
      word += quote === '"' && !'"\\$`'.includes(next) ? `\\${next}` : next;
      i += 1;
    } else word += char;
  }
  if (quote !== undefined) return undefined;
  return word === undefined ? words : [...words, word];
}
