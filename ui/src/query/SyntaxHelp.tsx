import { Popover } from '../parts/Popover.tsx';
import { QueryColours } from './QueryColours.tsx';

/** docs/search.md on a card. */
const LANGUAGE: readonly (readonly [string, string])[] = [
  ['timeout', 'the word, in any case'],
  ['time* *out', 'words that begin or end so'],
  ['"connection refused"', 'these words in this order'],
  ['/time ?out/', 'a regular expression'],
  ['service:checkout', 'a field with exactly this value'],
  ['pod:web-*', 'a value like this'],
  ['user.id:*', 'rows that have the field'],
  ['http.status_code:>=500', 'by number; durations as 1.5s, 20ms'],
  ['status:[500 TO 599]', 'in a range, both ends included'],
  ['level:>=warn', 'of a level or worse'],
  ['env:(prod stage)', 'any of these values'],
  ['a OR b -c', 'either, and without'],
];

/** What can be typed, for who does not know yet. */
export function SyntaxHelp() {
  return (
    <Popover icon="question" label="How to search" align="right" class="syntax-help">
      {() => (
        <dl>
          {LANGUAGE.map(([typed, meaning]) => (
            <div key={typed}>
              <dt>
                <code>
                  <QueryColours query={typed} />
                </code>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      )}
    </Popover>
  );
}
