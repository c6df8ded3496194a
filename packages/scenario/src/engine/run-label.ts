/** Label of every container that a run makes; its value is the run's id. */
export const RUN_LABEL = 'org.seaworthy.run';
