import { Link } from '../../app/Link.tsx';
import { pageLink } from '../../app/TopBar.tsx';
import { PAGES } from '../../app/pages.ts';
import { place } from '../../app/router.ts';
import { Empty } from '../../parts/states.tsx';

/** An address that nobody knows, and where one can go instead. */
export default function UnknownPage() {
  return (
    <Empty title="There is no such page">
      <p>
        Nothing is at <code>{place.value.path}</code>. It may be mistyped, or from another version of Lodge.
      </p>
      <p>
        {PAGES.map((page, at) => (
          <>
            {at > 0 && ' · '}
            <Link key={page.path} to={pageLink(page.path)}>
              {page.name}
            </Link>
          </>
        ))}
      </p>
    </Empty>
  );
}
