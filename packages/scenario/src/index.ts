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
export { EnvironmentMissing } from './environment-missing.ts';
export type { Environment, Missing, Project, PythonInterpreter } from './environment.ts';
export type { Json, Metric } from './observation.ts';
export type { ContainerLimits, EngineEndpoint, Subject } from './subject.ts';
export type { Load, RunningLoad } from './load.ts';
export { addressOfEngine, nameOfEndpoint } from './engine/engine-address.ts';
export type { EngineAddress } from './engine/engine-address.ts';
export { RUN_LABEL } from './engine/run-label.ts';
export { defineScenario } from './scenario.ts';
export type { AnyScenario, Fault, Footprint, Judgement, MeasureContext, Scenario } from './scenario.ts';
export { MARK_VARIABLE } from './process/run-mark.ts';
export { systemClock } from './runner/clock.ts';
export type { Clock } from './runner/clock.ts';
export { engineErrorIn } from './runner/lost-environment.ts';
export { resolveLimits } from './runner/resolve-limits.ts';
export type { ResolvedLimits } from './runner/resolve-limits.ts';
export type { RunEvent, RunOptions } from './runner/run-options.ts';
export { runScenarios } from './runner/run-scenarios.ts';
export type { FaultProof, FaultState, ScenarioProof } from './proof/fault-proof.ts';
export { proveScenarios } from './proof/prove-scenarios.ts';
export type { ProveOptions } from './proof/prove-scenarios.ts';
export type { CutOffBy, ScenarioResult, Verdict } from './result.ts';
export { openWorkspace } from './workspace/open-workspace.ts';
export type { WorkspaceOptions } from './workspace/open-workspace.ts';
export { NotStarted } from './workspace/not-started.ts';
export type { NotStartedReason } from './workspace/not-started.ts';
export { nameOfRun } from './workspace/run-id.ts';
export { openScope } from './workspace/scope.ts';
export { sweepWorkspaces } from './workspace/sweep-workspaces.ts';
export type { SweepOptions, SweepReport } from './workspace/sweep-workspaces.ts';
export type { Owned, OwnedProcess, SpawnOptions, Undoable, Workspace } from './workspace/workspace.ts';
export { unescapeMountPath } from './files/mount-path.ts';
export { demandWritable, writeFileAtomically } from './files/write-file-atomically.ts';
export { UsageError } from './usage-error.ts';
export { nearestName } from './nearest-name.ts';
