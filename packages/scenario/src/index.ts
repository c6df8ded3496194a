export type { Unit } from './units.ts';
export type { LimitOverrides, LimitSources, LimitSpec, LimitSpecs, Limits } from './limits.ts';
export type {
  Cause,
  Certainty,
  Finding,
  FindingCatalogue,
  FindingKind,
  Fix,
  LimitReference,
  Quantity,
  Severity,
  SourceLocation,
} from './finding.ts';
export type { Environment, Missing, Project, PythonInterpreter } from './environment.ts';
export type { Json, Metric } from './observation.ts';
export { defineScenario } from './scenario.ts';
export type { AnyScenario, Fault, Footprint, Judgement, MeasureContext, Scenario } from './scenario.ts';
export type { ScenarioResult, Verdict } from './result.ts';
export { openWorkspace } from './workspace/open-workspace.ts';
export type { WorkspaceOptions } from './workspace/open-workspace.ts';
export { openScope } from './workspace/scope.ts';
export { sweepWorkspaces } from './workspace/sweep-workspaces.ts';
export type { SweepOptions, SweepReport } from './workspace/sweep-workspaces.ts';
export type { OwnedProcess, SpawnOptions, Undoable, Workspace } from './workspace/workspace.ts';
export { UsageError } from './usage-error.ts';
export { nearestName } from './nearest-name.ts';
