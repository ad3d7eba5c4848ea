// Two pictures of one size, one over the other; a slider moves the border between them.
// The slider is a native one, so arrow keys, Home, End, touch and screen readers work as ever.

import { make } from "./shared/dom.js";

function picture(side, name) {
  const image = document.createElement("img");
  image.src = side.image;
  image.alt = side.alt;
  image.className = name;
  image.draggable = false;
  return image;
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".compare");
  if (!root || root.shown === data.key) return;
  root.shown = data.key;
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: 0, max: 100, step: 1, value: 50 });
  slider.setAttribute("aria-label", data.label);
  const move = () => {
    root.style.setProperty("--at", `${slider.value}%`);
    slider.setAttribute("aria-valuetext", `${slider.value} % ${data.before.tag}`);
  };
  slider.addEventListener("input", move);
  root.replaceChildren(
    picture(data.after, "after"), picture(data.before, "before"),
    make("span", "tag first", data.before.tag), make("span", "tag second", data.after.tag),
    make("div", "border"), slider,
  );
  move();
}
