import { Explore } from './Explore.tsx';

/** Search, refine, read: logs. */
export default function LogsPage() {
  return <Explore name="Logs" />;
}
