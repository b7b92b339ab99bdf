import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Asked } from '../../../api/question.ts';
import type { ServicesData } from '../../../api/traces.ts';
import { useKeys } from '../../../app/keys.ts';
import { refresh } from '../../../app/range.ts';
import { param, setParams } from '../../../app/router.ts';
import { Button } from '../../../parts/Button.tsx';
import { Empty, ErrorPanel, Skeleton } from '../../../parts/states.tsx';
import { layoutOf } from './layout.ts';
import { MapEdge } from './MapEdge.tsx';
import { MapNode } from './MapNode.tsx';
import { ServicePanel } from './ServicePanel.tsx';
import { share } from '../share.ts';
import { type Camera, fitted, movedBy, scaledAt } from './view.ts';
import './map.css';

export const NODE = { width: 190, height: 62, gapX: 150, gapY: 26 };

/** Which services call which, with rate, errors and duration of each and of each call. */
export function ServiceMap({ asked: { answer, loading, fault } }: { asked: Asked<ServicesData> }) {
  if (fault) return <ErrorPanel fault={fault} retry={refresh} />;
  if (answer === null) return <Skeleton rows={14} height={26} />;
  // A service that only logs calls nobody that spans tell of: it is in the list of services.
  const services = answer.data.services.filter(({ spans }) => Number(spans) > 0);
  if (services.length === 0) {
    return (
      <Empty title="No services here">
        <p>No spans arrived in this time range.</p>
      </Empty>
    );
  }
  return <LoadedMap data={{ ...answer.data, services }} stale={loading} />;
}

function LoadedMap({ data, stale }: { data: ServicesData; stale: boolean }) {
  const screen = useRef<HTMLDivElement>(null);
  const names = [...data.services.map(({ name }) => name), ...data.edges.flatMap(({ from, to }) => [from, to])];
  const drawn = useMemo(() => layoutOf(names, data.edges, NODE), [names.join('\n'), data.edges.map(({ from, to }) => `${from}>${to}`).join('\n')]);
  const [camera, move] = useCamera(screen, drawn);
  const focus = param('focus');
  const near = new Set(data.edges.filter(({ from, to }) => from === focus || to === focus).flatMap(({ from, to }) => [from, to]));
  const seconds = secondsOf(data);
  const open = (name: string): void => setParams({ focus: name === focus ? null : name }, focus === '' ? 'push' : 'replace');
  const middle = (times: number): void => {
    const box = screen.current?.getBoundingClientRect();
    if (box) move(scaledAt(camera, times, box.width / 2, box.height / 2));
  };
  const fit = (): void => {
    const box = screen.current?.getBoundingClientRect();
    if (box) move(fitted(drawn, box));
  };
  useMapKeys({ middle, fit });
  const most = data.edges.reduce((max, edge) => Math.max(max, Number(edge.calls)), 1);
  return (
    <div class={`map${stale ? ' stale' : ''}`}>
      <div class="screen" ref={screen} onPointerDown={(event) => drag(event, camera, move)} onDblClick={(event) => event.target === event.currentTarget && fit()}>
        <svg role="group" aria-label="Service map">
          <defs>
            <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto-start-reverse">
              <path d="M0 .8 7 4 0 7.2z" />
            </marker>
          </defs>
          <g transform={`translate(${camera.x} ${camera.y}) scale(${camera.scale})`}>
            {drawn.paths.map((path) => {
              const edge = data.edges.find(({ from, to }) => from === path.from && to === path.to);
              const apart = focus !== '' && path.from !== focus && path.to !== focus;
              const callees = data.edges.filter(({ from }) => from === path.from).length;
              const callers = data.edges.filter(({ to }) => to === path.to).length;
              return edge && <MapEdge key={`${path.from}>${path.to}`} {...{ edge, points: path.points, most, seconds, callees, callers, apart }} />;
            })}
            {drawn.nodes.map((place) => (
              <MapNode
                key={place.name}
                place={place}
                figures={data.services.find(({ name }) => name === place.name)}
                focused={place.name === focus}
                apart={focus !== '' && place.name !== focus && !near.has(place.name)}
                onOpen={() => open(place.name)}
              />
            ))}
          </g>
        </svg>
        {data.edges_share !== undefined && data.edges_share < 1 && <p class="map-note">Calls are counted in {share(data.edges_share)} of the traces and scaled up.</p>}
        <div class="map-tools">
          <Button icon="plus" label="Larger" shortcut="+" onClick={() => middle(1.3)} />
          <Button icon="minus" label="Smaller" shortcut="-" onClick={() => middle(1 / 1.3)} />
          <Button icon="expand" label="Show all" shortcut="0" onClick={fit} />
        </div>
      </div>
      {focus !== '' && <ServicePanel key={focus} name={focus} data={data} seconds={seconds} onClose={() => setParams({ focus: null })} />}
    </div>
  );
}

function useMapKeys(now: { middle: (times: number) => void; fit: () => void }): void {
  const latest = useRef(now);
  latest.current = now;
  const group = 'Service map';
  useKeys([
    { key: '+', does: 'Larger', group, run: () => latest.current.middle(1.3) },
    { key: '-', does: 'Smaller', group, run: () => latest.current.middle(1 / 1.3) },
    { key: '0', does: 'Show all', group, run: () => latest.current.fit() },
    { key: 'Escape', does: 'Close the service', group, run: () => setParams({ focus: null }) },
  ]);
}

/** How long the range is that the figures are of. */
function secondsOf(data: ServicesData): number {
  const busiest = data.services.reduce((best, one) => (Number(one.requests) > Number(best.requests) ? one : best));
  return busiest.rate > 0 ? Number(busiest.requests) / busiest.rate : 1;
}

/** Fits the map until the user moves it. */
function useCamera(screen: { current: HTMLElement | null }, drawn: { width: number; height: number }) {
  const [camera, set] = useState<Camera>({ x: 0, y: 0, scale: 1 });
  const touched = useRef(false);
  const latest = useRef(camera);
  latest.current = camera;
  const move = (next: Camera): void => {
    touched.current = true;
    set(next);
  };
  useLayoutEffect(() => {
    const element = screen.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (!touched.current) set(fitted(drawn, { width: element.clientWidth, height: element.clientHeight }));
    });
    observer.observe(element);
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      move(scaledAt(latest.current, Math.exp(-event.deltaY / 500), event.clientX - box.left, event.clientY - box.top));
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      observer.disconnect();
      element.removeEventListener('wheel', wheel);
    };
  }, [drawn]);
  return [camera, move] as const;
}

function drag(down: PointerEvent, camera: Camera, move: (camera: Camera) => void): void {
  const target = down.target as Element;
  if (down.button !== 0 || target.closest('button, .node') !== null) return;
  const element = down.currentTarget as HTMLElement;
  element.setPointerCapture(down.pointerId);
  const onMove = (event: PointerEvent): void => move(movedBy(camera, event.clientX - down.clientX, event.clientY - down.clientY));
  element.addEventListener('pointermove', onMove);
  element.addEventListener('lostpointercapture', () => element.removeEventListener('pointermove', onMove), { once: true });
}
