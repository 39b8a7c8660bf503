const { default: Sequencer } = require('@jest/test-sequencer');

/** What takes minutes begins first, so that no worker is alone with it at the end. Jest itself goes by size until it has timings. */
const slowest = [
  /test\/schedules\//,
  /test\/kills\/kills/,
  // These mostly wait for the simulator's own limits on reads, and leave the processor to the others.
  /test\/plan\/(undo-)?phone/,
  /test\/commands\/conversation\/phones/,
  /test\/docs\/guide/,
  /test\/faults\//,
  /test\/approvals\/decision-table/,
  /test\/kills\//,
  /test\/e2e\//,
  /test\/plan\/(undo|setup-faults)/,
  /test\/cards\/hostile/,
  /test\/fuzz\//,
  /test\/jobs\//,
  /every-command/,
];

class SlowestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const found = slowest.findIndex((pattern) => pattern.test(path.replaceAll('\\', '/')));
      return found < 0 ? slowest.length : found;
    };
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
}

module.exports = SlowestFirst;
