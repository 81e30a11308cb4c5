/** Everything there is about this person: to take away, or to have erased. */
import { Section } from "../parts/section.tsx";
import { Exporting } from "./exporting.tsx";
import { Forgetting } from "./forgetting.tsx";

export function Data() {
  return (
    <Section title="Your data" about="It is yours: take a copy, or have all of it erased.">
      <Exporting />
      <Forgetting />
    </Section>
  );
}
