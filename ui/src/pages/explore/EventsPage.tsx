import { Explore } from './Explore.tsx';

/** Search, refine, read: wide events and product-analytics events. */
export default function EventsPage() {
  return <Explore name="Events" />;
}
