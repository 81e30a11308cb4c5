/** The recording's player: play, skip, a slider and the speed; it works by keys as well. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Drawing } from "../../parts/icons.tsx";
import { PAUSE, PLAY } from "../icons.ts";
import { clock, spokenClock } from "../reading.ts";
import type { Link } from "../shapes.ts";
import { RATES, STEP_S, usePlaying, type Playing } from "./playing.ts";

interface Props {
  audio: Link | null;
  /** Asks for a fresh link. */
  onExpired: () => Promise<void>;
}

export function Player({ audio, onExpired }: Props) {
  if (!audio) return <p class="quiet">The recording itself is not kept any more.</p>;
  return <Sounding audio={audio} onExpired={onExpired} />;
}

/** The link that was given stays until it fails, so that nothing is loaded twice. */
function Sounding({ audio, onExpired }: { audio: Link; onExpired: () => Promise<void> }) {
  const playing = usePlaying();
  const element = useRef<HTMLAudioElement>(null);
  const url = useSignal(audio.url);
  const failed = useSignal(false);
  const fresh = useRef(audio.url);
  fresh.current = audio.url;
  useEffect(() => (element.current ? playing.attach(element.current) : undefined), [playing]);
  const renew = async () => {
    const before = url.value;
    await onExpired();
    failed.value = fresh.current === before || failed.value;
    url.value = fresh.current;
  };
  const onError = () => {
    if (Date.parse(audio.expires_at) < Date.now()) void renew();
    else failed.value = true;
  };
  return (
    <div class="player" role="group" aria-label="Recording">
      <audio ref={element} src={url.value} preload="metadata" onError={onError} />
      <PlayButton playing={playing} />
      <button
        type="button"
        class="tool"
        aria-label={`Skip −${STEP_S} s`}
        onClick={() => playing.skip(-STEP_S)}
      >
        −{STEP_S} s
      </button>
      <button
        type="button"
        class="tool"
        aria-label={`Skip +${STEP_S} s`}
        onClick={() => playing.skip(STEP_S)}
      >
        +{STEP_S} s
      </button>
      <Slider playing={playing} />
      <Speed playing={playing} />
      {failed.value && (
        <p class="trouble" role="alert">
          The recording cannot be played here.
        </p>
      )}
    </div>
  );
}

function PlayButton({ playing }: { playing: Playing }) {
  const on = playing.on.value;
  return (
    <button type="button" class="act" aria-label={on ? "Pause" : "Play"} onClick={() => playing.toggle()}>
      {on ? <Drawing name="pause" path={PAUSE} /> : <Drawing name="play" path={PLAY} />}
    </button>
  );
}

function Slider({ playing }: { playing: Playing }) {
  const [at, length] = [playing.at.value, playing.length.value];
  return (
    <div class="slider">
      <input
        type="range"
        aria-label="Place in the recording"
        aria-valuetext={`${spokenClock(at)} of ${spokenClock(length)}`}
        min={0}
        max={Math.max(1, Math.ceil(length))}
        step={1}
        value={at}
        onInput={(event) => playing.seek(event.currentTarget.valueAsNumber)}
      />
      <span class="quiet number" aria-hidden="true">
        {clock(at)} / {clock(length)}
      </span>
    </div>
  );
}

function Speed({ playing }: { playing: Playing }) {
  return (
    <select
      class="speed"
      aria-label="Speed"
      value={playing.rate.value}
      onChange={(event) => playing.setRate(Number(event.currentTarget.value))}
    >
      {RATES.map((rate) => (
        <option key={rate} value={rate}>
          {rate}×
        </option>
      ))}
    </select>
  );
}
