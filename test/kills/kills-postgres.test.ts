import { hasPostgres } from '../helpers/postgres';
import { provesKills } from './prove-kills';

(hasPostgres() ? describe : describe.skip)('a process that is killed, on PostgreSQL', () =>
  provesKills('postgres'),
);
