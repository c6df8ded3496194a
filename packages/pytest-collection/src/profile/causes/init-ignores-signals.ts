import type { FindCause } from './cause-input.ts';

const RUNS_TESTS = /\b(?:pytest|py\.test|seaworthy|tox|nox|unittest)\b/;

/** Process 1 of the container runs the tests and does nothing about SIGTERM: `docker stop` waits ten seconds and kills. */
export const initIgnoresSignals: FindCause = ({ machine }) => {
  const init = machine?.init;
  if (init === undefined || init.handlesTerm || !RUNS_TESTS.test(init.command)) return [];
  return [
    {
      id: 'init-ignores-signals',
      message: `process 1 of ${init.declared === true ? 'the' : 'this'} container is \`${init.command}\` and ignores SIGTERM${init.handlesInterrupt ? '' : ' and SIGINT'}: stopping it kills the tests without a report`,
      certainty: init.declared === true ? 'likely' : 'certain',
      evidence: [
        init.declared === true
          ? 'it is started so without an init program; neither Python nor a shell handles SIGTERM, and process 1 has no default action'
          : 'SigCgt of process 1 has no SIGTERM, and process 1 has no default action',
      ],
      fix: init.handlesInterrupt
        ? 'docker run --init (`init: true`), or STOPSIGNAL SIGINT in the Dockerfile'
        : 'docker run --init (`init: true` in the compose file), and start pytest by exec, not below a shell',
    },
  ];
};
