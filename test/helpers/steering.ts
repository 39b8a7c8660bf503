import type { Graph } from '../../src/graph/create-graph';
import type { Config } from '../../src/config';
import type { Steering } from '../../src/jobs/steering';
import type { Store } from '../../src/store/db';
import type { Messenger } from '../../src/store/ports';

export type TestSteering = Steering;

export interface TestSteeringParts {
  readonly config: Config;
  readonly store: Store;
  readonly graph: Graph;
  readonly messenger: Messenger;
}

/** The engine as the composition roots wire it. */
export async function steeringFor(parts: TestSteeringParts): Promise<TestSteering> {
  void parts;
  const missing = () => Promise.reject(new Error('the engine is not there yet'));
  return {
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    draft: missing,
    preview: missing,
    press: missing,
    showCard: missing,
    currentCard: missing,
  };
}
