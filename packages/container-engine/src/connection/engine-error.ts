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

/** No container engine could be reached at any place where one might be. */
export class EngineUnavailable extends Error {
  override readonly name = 'EngineUnavailable';
  readonly tried: readonly { readonly place: string; readonly problem: string }[];

  constructor(tried: EngineUnavailable['tried']) {
    const list = tried.map(({ place, problem }) => `\n  ${place}: ${problem}`).join('');
    super(`No container engine answers. Start Docker or Podman, or set DOCKER_HOST. Tried:${list}`);
    this.tried = tried;
  }
}
