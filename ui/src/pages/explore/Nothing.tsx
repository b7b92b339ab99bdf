import { refresh, scaleRange } from '../../app/range.ts';
import { Button } from '../../parts/Button.tsx';
import { Empty, ErrorPanel } from '../../parts/states.tsx';
import { FirstRows } from './FirstRows.tsx';
import { query, search, setQuery, source, tail, tailing } from './state.ts';
import { Cancelled, Waiting } from './Waiting.tsx';

/** What stands where rows would be, and why there are none. */
export function Nothing({ loading, ended }: { loading: boolean; ended: boolean }) {
  const fault = tailing.value ? tail.fault.value : search.state.value.fault;
  if (fault) return <ErrorPanel fault={fault} {...(fault.code === 'bad_search' ? {} : { retry: refresh })} />;
  if (tailing.value) {
    return (
      <Empty title="Waiting for rows">
        <p>Rows that match are shown here as they land, within a second or two.</p>
      </Empty>
    );
  }
  const { cancelledAfterMs } = search.state.value;
  if (cancelledAfterMs !== null) return <Cancelled afterMs={cancelledAfterMs} />;
  if (loading || !ended) return <Waiting />;
  if (query.value === '' && (source.value.table === 'logs' || source.value.by !== 'level')) return <FirstRows />;
  return (
    <Empty title="Nothing found">
      <p>No row of this time matches.</p>
      <Button icon="clock" onClick={() => scaleRange(4)}>
        Look four times as far
      </Button>
      {query.value !== '' && (
        <Button icon="close" onClick={() => setQuery('')}>
          Without the search
        </Button>
      )}
    </Empty>
  );
}
