import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { projectFolder, runCommand } from '../support/run-command.ts';

// bcrypt of "pw", with few rounds.
const hash = '$2y$04$bwtxTUjSwM5BWvDyYg38OO/ElC8T48tGUbLVIkRspZhidQtbytrhi';

describe('BcryptThread, as built', () => {
  it('checks passwords, and keeps no process alive', async () => {
    const built = pathToFileURL(path.join(projectFolder, 'dist/sinks/bcrypt-thread.js')).href;
    const script = `
      const { BcryptThread } = await import(${JSON.stringify(built)});
      const thread = new BcryptThread();
      const hash = ${JSON.stringify(hash)};
      const hold = setInterval(() => undefined, 60_000);
      console.log(await thread.matches('pw', hash), await thread.matches('pW', hash), thread.waiting);
      clearInterval(hold);`;
    const result = await runCommand(process.execPath, ['--input-type=module', '-e', script], { cwd: '/' });
    expect(result).to.include({ status: 0, stdout: 'true false 0\n', stderr: '' });
  });
});
