import pg from 'pg';

/**
 * A connection whose loss never ends the process. A pool stops listening for a connection's errors when it hands it out,
 * and whoever asked for it listens a moment later: PostgreSQL's good-bye may stand right between the two, in the same
 * packet. Nothing is missed by not hearing it, because the next query on that connection fails.
 */
export class SturdyClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => {});
  }
}
