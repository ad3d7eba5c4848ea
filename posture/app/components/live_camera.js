// The camera: one frame at a time goes to the program, what comes back is drawn and said.

import { LiveCamera } from "./camera/live.js";

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".live");
  root.live ??= new LiveCamera(root, data);
  root.live.come(data, setTriggerValue);
  return () => root.live.go();
}
