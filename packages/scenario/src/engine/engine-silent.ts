/** A container engine that was asked to clean up gave no answer. */
export class EngineSilent extends Error {
  override readonly name = 'EngineSilent';
}
