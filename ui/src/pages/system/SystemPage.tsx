import { Empty } from '../../parts/states.tsx';

export default function SystemPage() {
  return <Empty title="Not built yet" />;
}
