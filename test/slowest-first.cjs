const { default: Sequencer } = require('@jest/test-sequencer');

/** What takes minutes begins first, so that no worker is alone with it at the end. Jest itself goes by size until it has timings. */
const slowest = [
  /test\/schedules\//,
  /test\/kills\/(kills|presses)/,
  /test\/faults\//,
  /test\/kills\//,
  /test\/e2e\//,
  /test\/fuzz\//,
  /test\/plan\/(undo|phone-faults)/,
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
