import { Empty } from '../../parts/states.tsx';

export default function LogsPage() {
  return <Empty title="Not built yet" />;
}
