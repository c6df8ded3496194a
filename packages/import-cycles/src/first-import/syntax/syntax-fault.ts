/** Why a file is no Python; CPython raises SyntaxError before it executes anything of it. */
export class SyntaxFault extends Error {
  override readonly name = 'SyntaxFault';
  /** 1-based. */
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}
