/** Whether somebody is who they say, at a price that an attacker cannot drive up. */

import { createHmac, randomBytes } from 'node:crypto';
import type { BasicCredentials } from './basic-credentials.ts';
import { BcryptThread } from './bcrypt-thread.ts';

/** `busy`: too many checks are waiting already. */
export type Verdict = 'right' | 'wrong' | 'busy';

const remembered = 100;

/**
 * Checks passwords against bcrypt hashes in a thread of its own, and remembers what came out. Right and wrong ones are
 * remembered apart, so that guesses do not push out those who are let in.
 */
export class PasswordChecker {
  readonly #thread = new BcryptThread();
  readonly #mostWaiting: number;
  /** Keys what is remembered, so that neither a password nor anything to guess it from stays in memory. */
  readonly #secret = randomBytes(32);
  readonly #right = new Set<string>();
  readonly #wrong = new Set<string>();
  readonly #underWay = new Map<string, Promise<Verdict>>();

  /** @param mostWaiting - how many checks may be waiting or under way */
  constructor(mostWaiting: number) {
    this.#mostWaiting = mostWaiting;
  }

  /**
   * Checks one password.
   *
   * @param users - bcrypt hashes by user name
   * @throws Error where the thread fails
   */
  async check({ user, password }: BasicCredentials, users: ReadonlyMap<string, string>): Promise<Verdict> {
    const known = users.get(user);
    const hash = known ?? this.#standIn(user, [...users.values()]);
    const key = this.#keyOf([user, hash, password]);
    if (this.#right.has(key)) return 'right';
    if (this.#wrong.has(key)) return 'wrong';
    const underWay = this.#underWay.get(key);
    if (underWay !== undefined) return underWay;
    if (this.#thread.waiting >= this.#mostWaiting) return 'busy';
    const check = this.#ask(key, password, hash, known !== undefined).finally(() =>
      this.#underWay.delete(key),
    );
    this.#underWay.set(key, check);
    return check;
  }

  /** Checks that are waiting fail. */
  close(): Promise<void> {
    return this.#thread.close();
  }

  async #ask(key: string, password: string, hash: string, known: boolean): Promise<Verdict> {
    const matches = await this.#thread.matches(password, hash);
    const right = matches && known;
    remember(right ? this.#right : this.#wrong, key);
    return right ? 'right' : 'wrong';
  }

  /** A hash with the rounds of some user's, always the same for a name, so that time does not tell who exists. */
  #standIn(user: string, hashes: readonly string[]): string {
    const draw = parseInt(this.#keyOf([user]).slice(0, 8), 16);
    const rounds = /^\$2[aby]\$\d\d\$/.exec(hashes[draw % hashes.length] ?? '')?.[0] ?? '$2b$10$';
    return rounds + '.'.repeat(53);
  }

  #keyOf(parts: readonly string[]): string {
    return createHmac('sha256', this.#secret).update(JSON.stringify(parts)).digest('hex');
  }
}

function remember(keys: Set<string>, key: string): void {
  const [oldest] = keys;
  if (keys.size >= remembered && oldest !== undefined) keys.delete(oldest);
  keys.add(key);
}
