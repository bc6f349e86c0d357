import { startRawServer, type RawServer } from './raw-server.ts';
import { startStubServer, type StubServer } from './stub-server.ts';

/** Servers that stop when the test that started them ends. To be called inside a `describe`. */
export function runningServers() {
  const running: { stop(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const server of running.splice(0)) await server.stop();
  });
  return {
    stub: async (...args: Parameters<typeof startStubServer>): Promise<StubServer> => {
      const server = await startStubServer(...args);
      running.push(server);
      return server;
    },
    raw: async (...args: Parameters<typeof startRawServer>): Promise<RawServer> => {
      const server = await startRawServer(...args);
      running.push(server);
      return server;
    },
  };
}
