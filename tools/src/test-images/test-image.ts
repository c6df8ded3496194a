import type { EngineEndpoint } from '@seaworthy/scenario';

/** An image that tests run containers of, made without any registry where that can be. */
export interface TestImage {
  /** Without a tag: `seaworthy-test/tiny`. */
  readonly repository: string;
  /** All that it is made of: what changes here makes it anew. */
  readonly recipe: unknown;
  /** Instructions of a Dockerfile, such as `CMD ["/bin/sh"]`. */
  readonly changes: readonly string[];
  /** Ways to its files, best first. */
  readonly sources: readonly FileSource[];
}

/** One way to the files of an image. */
export interface FileSource {
  readonly name: string;
  /** Writes them with `keepArchive`, or says in a line why it cannot. `folder` is empty, and goes afterwards. */
  fill(request: FillRequest): Promise<string | undefined>;
}

export interface FillRequest {
  readonly engine: EngineEndpoint;
  readonly folder: string;
  readonly archive: string;
}
