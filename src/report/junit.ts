import type { Check } from '../measure/baseline.ts';
import { comparisonText, expectationText, groupText, remarkText } from './check-text.ts';
import { xmlText } from './xml-text.ts';

/**
 * Checks as JUnit XML, as CI systems read it: a suite for each measurement, a case for each check. Names do not
 * depend on what was measured, so that a CI system follows a check from run to run.
 *
 * @returns UTF-8 text that ends in a newline; same checks, same bytes
 */
export function junitXml(checks: readonly Check[]): string {
  const measurements = [...new Set(checks.map(({ measurement }) => measurement))];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="rttshark"${counts(checks)}>`,
    ...measurements.flatMap((name) =>
      suite(
        `rttshark.${name}`,
        checks.filter(({ measurement }) => measurement === name),
      ),
    ),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(name: string, checks: readonly Check[]): string[] {
  const escaped = xmlText(name);
  return [
    `  <testsuite name="${escaped}"${counts(checks)}>`,
    ...checks.flatMap((check) => testCase(escaped, check)),
    '  </testsuite>',
  ];
}

function testCase(className: string, check: Check): string[] {
  const name = xmlText(`${groupText(check)} ${expectationText(check)}`);
  const opening = `    <testcase classname="${className}" name="${name}"`;
  if (check.passed) return [`${opening}/>`];
  const message = xmlText(failureText(check));
  return [
    `${opening}>`,
    `      <failure type="${check.kind}" message="${message}">${name}: ${message}</failure>`,
    '    </testcase>',
  ];
}

function failureText(check: Check): string {
  const { actual, relation, limit } = comparisonText(check, true);
  const figures = relation === '' ? '' : `${check.statistic} is ${actual} ${relation} ${limit}`;
  return [figures, remarkText(check, true)].filter((part) => part !== '').join('; ');
}

function counts(checks: readonly Check[]): string {
  const failures = checks.filter(({ passed }) => !passed).length;
  return ` tests="${checks.length}" failures="${failures}" errors="0" skipped="0"`;
}
