/** Small drawings beside words; they say nothing by themselves. */

const PATHS = {
  light:
    "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.500v2M12 19.500v2M2.5 12h2M19.5 12h2M5.3 5.300l1.4 1.400M17.3 17.300l1.4 1.400M5.3 18.700l1.4-1.400M17.3 6.700l1.4-1.4",
  dark: "M20 14.500A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.500z",
  out: "M14 4H5.500v16H14M10 12h10.500M17 8.500l3.5 3.5-3.5 3.5",
  send: "M12 19.500V5M6 11l6-6 6 6",
  stop: "M7.5 7.500h9v9h-9z",
  copy: "M9 8.500h10.500V20H9zM15 8.500V4H4.500v11.500H9",
  again: "M19.5 12a7.5 7.5 0 1 1-2.2-5.300L20 9.300M20 4v5.300h-5.3",
  down: "M12 4.500V19M6 13l6 6 6-6",
  done: "M5 12.500l4.5 4.500L19 7.5",
} as const;

interface Drawing {
  name: string;
  /** In a square of 24. */
  path: string;
}

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return <Drawing name={name} path={PATHS[name]} />;
}

export function Drawing({ name, path }: Drawing) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
