/** Prometheus' text, as far as these tests read it. */

/** The value of one series, named as in the text; undefined where there is none. */
export function seriesValue(text: string, series: string): number | undefined {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

/** The values of all series of a name, whatever their labels are. */
export function valuesOf(text: string, name: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(name.length, at), Number(line.slice(at + 1))];
    }),
  );
}

/** The sum over all series of a name. */
export function sumOf(text: string, name: string): number {
  return [...valuesOf(text, name).values()].reduce((sum, value) => sum + value, 0);
}
