import type { SqlDriverAdapterFactory, Transaction } from '@prisma/driver-adapter-utils';

/**
 * Within a transaction, one query after the other. Prisma sends the parts of an `include` side by side, and a
 * transaction has one connection: node-postgres queues them with a deprecation warning, and will refuse from 9.0 on.
 */
export function oneAtATime(factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    async connect() {
      const adapter = await factory.connect();
      const start = adapter.startTransaction.bind(adapter);
      adapter.startTransaction = async (isolationLevel) => inTurn(await start(isolationLevel));
      return adapter;
    },
  };
}

function inTurn(transaction: Transaction): Transaction {
  let last: Promise<unknown> = Promise.resolve();
  function waiting<Query, Result>(run: (query: Query) => Promise<Result>): (query: Query) => Promise<Result> {
    return (query) => {
      const result = last.then(() => run(query));
      // One that fails is its own caller's; the next one is asked all the same and hears from the server.
      last = result.catch(() => {});
      return result;
    };
  }
  transaction.queryRaw = waiting(transaction.queryRaw.bind(transaction));
  transaction.executeRaw = waiting(transaction.executeRaw.bind(transaction));
  return transaction;
}
