// Two pictures of one size, one over the other; a slider moves the border between them.
// The slider is a native one, so arrow keys, Home, End, touch and screen readers work as ever.

function picture(side, name) {
  const image = document.createElement("img");
  image.src = side.image;
  image.alt = side.alt;
  image.className = name;
  image.draggable = false;
  return image;
}

function tag(text, name) {
  const node = document.createElement("span");
  node.className = `tag ${name}`;
  node.textContent = text;
  return node;
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
  const border = document.createElement("div");
  border.className = "border";
  root.replaceChildren(
    picture(data.after, "after"), picture(data.before, "before"),
    tag(data.before.tag, "first"), tag(data.after.tag, "second"), border, slider,
  );
  move();
}
