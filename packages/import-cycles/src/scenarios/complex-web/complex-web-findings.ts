import type { FindingCatalogue } from '@seaworthy/scenario';

/** What imports/complex-web can find besides what every check of the analysis can. */
export const complexWebFindings = {
  IMP026: {
    title: 'web of imports with too few cycles',
    meaning:
      'The web is written so that nine of its fifteen modules are in import cycles. When much fewer are found, either the web is not what it should be, so that the check tests nothing, or knots were missed.',
    causes: [
      'A shape of the web with hardly any cycles.',
      'Knots that the analysis and the reference both miss.',
    ],
    fixes: [
      'Run with another `--seed`; a web of the default shape always has nine modules in cycles.',
      'Lower `minCoverage` only together with another shape.',
    ],
  },
  IMP027: {
    title: 'analysis of imports that needs too much memory',
    meaning:
      'A fresh process that does nothing but analyse fifteen small modules had a peak memory (VmHWM) above the limit. About half of it is Node itself; the rest should be a few MB. In a container with little memory the analysis would be the thing that gets killed.',
    causes: [
      'The analysis keeps sources, syntax trees or cycles in memory that it does not need any more.',
      'NODE_OPTIONS or a wrapper loads other things into every Node process (an agent for monitoring, a TypeScript loader).',
    ],
    fixes: [
      'Compare with an empty Node process on this machine: `node -e "console.log(process.resourceUsage().maxRSS)"`.',
      'Please report the figure with the version of Seaworthy and Node.',
    ],
  },
} as const satisfies FindingCatalogue;
