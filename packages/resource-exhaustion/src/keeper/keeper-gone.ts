/** The keeper is gone or does not answer: nothing can be asked of its sandbox any more. */
export class KeeperGone extends Error {
  override readonly name = 'KeeperGone';
}

/** The keeper could not do it: the errno's name, such as `ENOENT`, or `USAGE`. */
export class KeeperRefused extends Error {
  override readonly name = 'KeeperRefused';
  readonly code: string;

  constructor(code: string, what: string) {
    super(`The keeper could not ${what}: ${code}`);
    this.code = code;
  }
}
