export type EngineErrorCode =
  'NO_IMAGE' | 'COMMAND_NOT_FOUND' | 'LIMIT_REFUSED' | 'TIMEOUT' | 'CONNECTION' | 'OTHER';

/** A container engine refused something, or does not answer any more. The message says what, where and what to do. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;
  /** HTTP status of its answer, where it gave one. */
  readonly status?: number;

  constructor(code: EngineErrorCode, message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    if (options.status !== undefined) this.status = options.status;
  }
}

/** A place where an engine might have been. */
export interface TriedPlace {
  readonly place: string;
  readonly problem: string;
  /** An engine answers there, in a version of the interface that is too old: it must be updated, not started. */
  readonly tooOld?: true;
}

/** No container engine that we can talk with could be reached at any place where one might be. */
export class EngineUnavailable extends Error {
  override readonly name = 'EngineUnavailable';
  readonly tried: readonly TriedPlace[];
  /** One sentence: what to do, by what was found. */
  readonly advice: string;

  constructor(tried: EngineUnavailable['tried']) {
    const tooOld = tried.some((one) => one.tooOld === true);
    const advice = tooOld
      ? 'Update it to Docker 19.03, Podman 3 or later, or set DOCKER_HOST to another engine'
      : 'Start Docker or Podman, or set DOCKER_HOST';
    const list = tried.map(({ place, problem }) => `\n  ${place}: ${problem}`).join('');
    const what = tooOld ? 'The container engine that answers is too old' : 'No container engine answers';
    super(`${what}. ${advice}. Tried:${list}`);
    this.tried = tried;
    this.advice = advice;
  }
}
