import { Empty } from '../../parts/states.tsx';

export default function SqlPage() {
  return <Empty title="Not built yet" />;
}
