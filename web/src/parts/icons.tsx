/** Small drawings beside words; they say nothing by themselves. */

const PATHS = {
  chat: "M4 5.5h16v11H9.5L5.5 20v-3.5H4z",
  tasks:
    "M4.500 6.500l1.500 1.500L9 5M4.500 13l1.500 1.500L9 11.500M12.500 7H20M12.500 13.500H20M5.500 20h.100M12.500 20H20",
  calls: "M4 11v2M8 8v8M12 4v16M16 8v8M20 11v2",
  you: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5",
  operator: "M4 19V11M10 19V5M16 19v-6M20.5 19H3",
  light:
    "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.500v2M12 19.500v2M2.5 12h2M19.5 12h2M5.3 5.300l1.4 1.400M17.3 17.300l1.4 1.400M5.3 18.700l1.4-1.400M17.3 6.700l1.4-1.4",
  dark: "M20 14.500A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.500z",
  out: "M14 4H5.500v16H14M10 12h10.500M17 8.500l3.5 3.5-3.5 3.5",
  send: "M12 19.500V5M6 11l6-6 6 6",
  stop: "M7.5 7.500h9v9h-9z",
  copy: "M9 8.500h10.500V20H9zM15 8.500V4H4.500v11.500H9",
  again: "M19.5 12a7.5 7.5 0 1 1-2.2-5.300L20 9.300M20 4v5.300h-5.3",
  down: "M12 4.500V19M6 13l6 6 6-6",
  more: "M5.500 12h.100M12 12h.100M18.500 12h.100",
  play: "M7.5 4.500l11.5 7.500-11.5 7.500z",
  pause: "M8.5 5v14M15.5 5v14",
  upload: "M12 16V5M7 9.500l5-5 5 5M4.5 19.500h15",
  back: "M14.5 5l-7 7 7 7",
  done: "M5 12.500l4.5 4.500L19 7.5",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
