import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { Console } from '../../src/cli/console.ts';
import { Screen } from '../../src/cli/screen.ts';

/** Draws on the terminal that it is started in; its only word says what happens then. */
let lines = ['one', 'two', 'three'];
const console = new Console();
const screen = new Screen({
  console,
  output: process.stdout,
  inPlace: process.env['TERM'] !== 'dumb',
  render: () => [...lines, `${process.stdout.columns}x${process.stdout.rows}`],
});

// Signals alone keep no process alive.
const alive = setInterval(() => undefined, 1000);
screen.report();
lines = ['ONE', 'TWO'];
screen.refresh();
switch (process.argv[2]) {
  case 'messages':
    console.note('first');
    console.note('second');
    await turn();
    await turn();
    lines = ['1'];
    screen.report();
    screen.end(['the last report']);
    break;
  case 'resize': {
    const resized = once(process.stdout, 'resize');
    execFileSync('stty', ['cols', '30', 'rows', '10'], { stdio: 'inherit' });
    await resized;
    screen.end();
    break;
  }
  case 'suspend': {
    const resumed = once(process, 'SIGCONT');
    process.kill(process.pid, 'SIGTSTP');
    await resumed;
    lines = ['resumed'];
    screen.refresh();
    screen.end();
    break;
  }
  case 'exit':
    process.exit(3);
  case 'throw':
    throw new Error('a bug');
  case 'quit':
    process.kill(process.pid, 'SIGQUIT');
    await once(process, 'never');
}
clearInterval(alive);
