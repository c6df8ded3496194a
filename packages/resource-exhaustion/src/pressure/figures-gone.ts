/**
 * The gauge of a sandbox cannot tell what a pressure is steered by: its control group is gone, say. Nothing is known then, which
 * must not be taken for nothing being used.
 */
export class FiguresGone extends Error {
  override readonly name = 'FiguresGone';

  /** @param what such as `memory`. */
  constructor(what: string) {
    super(`the ${what} of the sandbox cannot be measured (any more)`);
  }
}
