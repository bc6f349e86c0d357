/** Who may ask anything of the scrape endpoint. */

import { parseBasicCredentials } from './basic-credentials.ts';
import { PasswordChecker, type Verdict } from './password-checker.ts';

/** Basic authentication, where there are users. */
export class ScrapeGate {
  readonly #checker: PasswordChecker;

  /** @param mostWaiting - how many passwords may be waiting for their check */
  constructor(mostWaiting: number) {
    this.#checker = new PasswordChecker(mostWaiting);
  }

  /**
   * @param users - bcrypt hashes by user name; without any, everybody is let in
   * @throws Error where passwords cannot be checked
   */
  async verdict(authorization: string | undefined, users: ReadonlyMap<string, string>): Promise<Verdict> {
    if (users.size === 0) return 'right';
    const credentials = parseBasicCredentials(authorization);
    return credentials === undefined ? 'wrong' : this.#checker.check(credentials, users);
  }

  close(): Promise<void> {
    return this.#checker.close();
  }
}
