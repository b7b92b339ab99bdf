import { place } from '../../app/router.ts';
import { TraceSearch } from './TraceSearch.tsx';
import { TraceView } from './trace/TraceView.tsx';
import './traces.css';

/** `/traces`: search, services and their map; `/trace/ID`: one trace. */
export default function TracesPage() {
  const { path } = place.value;
  const id = path.startsWith('/trace/') ? decodeURIComponent(path.slice('/trace/'.length)) : null;
  return id === null ? <TraceSearch /> : <TraceView key={id} id={id} />;
}
