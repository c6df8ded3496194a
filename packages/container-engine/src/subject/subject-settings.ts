import type { ContainerLimits } from '@seaworthy/scenario';

/** What a project's configuration may say of its subject. */
export interface SubjectSettings {
  /** `auto` by default: the image where there is one, else the host. */
  readonly subject?: 'auto' | 'image' | 'host';
  /** Service of the compose file whose container runs pytest. */
  readonly service?: string;
  /** Image in which pytest runs, as the engine knows it; wins over that of the service. */
  readonly image?: string;
  /** Interpreter inside the image: a path, or a command. */
  readonly python?: string;
  /** Limits for its containers; each wins over that of the compose file. */
  readonly limits?: ContainerLimits;
}

/** What was asked for is not to be had here: neither a defect nor a mistake. The message says what is missing and how to get it. */
export class SubjectUnavailable extends Error {
  override readonly name = 'SubjectUnavailable';
}
