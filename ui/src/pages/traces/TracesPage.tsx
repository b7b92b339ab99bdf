import { Empty } from '../../parts/states.tsx';

export default function TracesPage() {
  return <Empty title="Not built yet" />;
}
