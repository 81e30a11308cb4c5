/** The operator's side: what is stuck, who spends what, and how it goes over time. */
import { Days } from "./days.tsx";
import { People } from "./people.tsx";
import { StuckThings } from "./stuck.tsx";

export function Operator() {
  return (
    <div class="sections">
      <StuckThings />
      <Days />
      <People />
    </div>
  );
}
