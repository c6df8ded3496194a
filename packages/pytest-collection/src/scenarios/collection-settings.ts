/** What a project's configuration says about collection. */
export interface CollectionScenarioSettings {
  /** Arguments for pytest in `collection/project`, such as paths. Default: none. */
  readonly args?: readonly string[];
  /** Sizes of the generated trees as a share of the default ones, 0.01 to 10. Default: 1. */
  readonly scale?: number;
}
