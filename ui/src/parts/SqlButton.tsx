import type { Statement } from '../api/types.ts';
import { go } from '../app/router.ts';
import { CopyButton } from './CopyButton.tsx';
import { Button } from './Button.tsx';
import { clientCommand } from './client-command.ts';
import { Popover } from './Popover.tsx';

type Props = {
  /** What was run; null while nothing was. */
  readonly statements: readonly Statement[];
  readonly align?: 'left' | 'right';
};

/** Shows the SQL behind what is on the screen, copies it, and opens it on the SQL page. */
export function SqlButton({ statements, align = 'right' }: Props) {
  return (
    <Popover icon="sql" label="The SQL of this view" text="SQL" align={align} class="sql-button">
      {() =>
        statements.length === 0 ? (
          <p class="dim">Nothing was asked yet.</p>
        ) : (
          statements.map((statement, index) => <OneStatement key={index} statement={statement} />)
        )
      }
    </Popover>
  );
}

function OneStatement({ statement }: { statement: Statement }) {
  const text = statement.statement;
  return (
    <div class="statement">
      <pre tabIndex={0}>{text}</pre>
      <div class="row">
        <Button icon="expand" primary onClick={() => go({ path: '/sql', params: { sql: text } })}>
          Open on the SQL page
        </Button>
        <CopyButton text={text} label="Copy the SQL">
          Copy SQL
        </CopyButton>
        <CopyButton text={() => clientCommand(text)} label="Copy a command for the terminal">
          Copy clickhouse-client command
        </CopyButton>
      </div>
    </div>
  );
}
