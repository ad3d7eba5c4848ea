// Shows the photo with three points that can be dragged or nudged, and sends where they are.
// It computes nothing: Python measures again and sends the new back line, or refuses a place that
// is on no back; then the points go back to where they were.
// All coordinates are pixels of the upright photo; the SVG's viewBox does the scaling.

import { footOn, insideView, stepOf } from "./editor/geometry.js";

const NAMES = ["thoracic", "lumbar", "gluteal"];
const SEND_EVERY_MS = 120;

function element(name, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

function build(root, data) {
  const [left, top, width, height] = data.view;
  const unit = Math.max(width, height) / 100;
  const svg = element("svg", {
    viewBox: data.view.join(" "), role: "group", "aria-label": data.labels.label,
  });
  svg.append(element("image", { href: data.image, x: left, y: top, width, height }));
  const line = (cls, stroke) => element(cls === "wall" || cls === "depth" ? "line" : "polyline",
    { class: cls, "stroke-width": stroke * unit });
  const parts = {
    casing: line("casing", 1.1), contour: line("contour", 0.55),
    wall: line("wall", 0.45), depth: line("depth", 0.45), points: {},
  };
  svg.append(parts.casing, parts.contour, parts.wall, parts.depth);
  for (const name of NAMES) {
    const group = element("g", {
      class: "point", tabindex: 0, role: "slider", "data-point": name,
      "aria-label": data.labels[name], "aria-roledescription": "movable point",
      "aria-valuemin": 0, "aria-valuemax": Math.round(top + height),
    });
    group.append(
      element("circle", { class: "touch-target", r: 5 * unit }),
      element("circle", { class: "rim", r: 2.5 * unit, "stroke-width": 0.7 * unit }),
      element("circle", { class: "ring", r: 2.5 * unit, "stroke-width": 0.4 * unit }),
      element("circle", { class: "dot", r: 0.7 * unit, "stroke-width": 0.3 * unit }),
    );
    const text = element("text", {
      "font-size": 2.6 * unit, "stroke-width": 0.7 * unit, "dominant-baseline": "middle",
      x: (data.backward < 0 ? -1 : 1) * 4.2 * unit,
      "text-anchor": data.backward < 0 ? "end" : "start",
    });
    text.textContent = data.labels[name];
    group.append(text);
    svg.append(group);
    parts.points[name] = group;
  }
  root.replaceChildren(svg);
  return { svg, parts, points: structuredClone(data.points), dragging: null, last: 0, timer: 0,
    sent: 0 };
}

function join(line, [x1, y1], [x2, y2]) {
  for (const [key, value] of Object.entries({ x1, y1, x2, y2 })) line.setAttribute(key, value);
}

function draw(state, data) {
  const { parts, points } = state;
  for (const name of NAMES) {
    const [x, y] = points[name];
    const group = parts.points[name];
    group.setAttribute("transform", `translate(${x} ${y})`);
    group.setAttribute("aria-valuenow", Math.round(y));
    group.setAttribute("aria-valuetext",
      data.labels.position.replace("{x}", Math.round(x)).replace("{y}", Math.round(y)));
  }
  const { thoracic, lumbar, gluteal } = points;
  join(parts.wall, thoracic, gluteal);
  join(parts.depth, lumbar, footOn(lumbar, gluteal, thoracic));
  const line = data.contour.map((point) => point.join(",")).join(" ");
  parts.contour.setAttribute("points", line);
  parts.casing.setAttribute("points", line);
}

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  const root = parentElement.querySelector(".editor");
  if (!root) return;
  let state = root.state;
  if (!state || state.key !== data.key) {
    state = root.state = Object.assign(build(root, data), { key: data.key });
    listen(root);
  }
  state.data = data;
  state.send = () => {
    state.sent += 1;
    setStateValue("points", {
      ...structuredClone(state.points), held: state.dragging !== null, number: state.sent,
    });
  };
  if (data.refused === state.sent && state.dragging === null) {
    state.points = structuredClone(data.points);
  }
  draw(state, data);
}

function listen(root) {
  const state = root.state;
  const { x: left, y: top, width, height } = state.svg.viewBox.baseVal;
  const inside = (x, y) => insideView([x, y], { left, top, width, height });
  const sendSoon = () => {
    clearTimeout(state.timer);
    const wait = Math.max(0, SEND_EVERY_MS - (performance.now() - state.last));
    state.timer = setTimeout(() => { state.last = performance.now(); state.send(); }, wait);
  };
  for (const [name, group] of Object.entries(state.parts.points)) {
    group.addEventListener("pointerdown", (event) => {
      state.dragging = { from: state.points[name], x: event.clientX, y: event.clientY };
      group.setPointerCapture(event.pointerId);
      group.focus();
      event.preventDefault();
    });
    group.addEventListener("pointermove", (event) => {
      if (!state.dragging || !group.hasPointerCapture(event.pointerId)) return;
      // By how far the finger went, not by where it is: numbers that change above the photo may
      // shift it under the finger.
      const { from, x, y } = state.dragging;
      const { a: right, d: down } = state.svg.getScreenCTM().inverse();
      state.points[name] = inside(
        from[0] + (event.clientX - x) * right, from[1] + (event.clientY - y) * down,
      );
      draw(state, state.data);
      sendSoon();
    });
    const drop = () => {
      if (!state.dragging) return;
      state.dragging = null;
      sendSoon();
    };
    group.addEventListener("pointerup", drop);
    group.addEventListener("pointercancel", drop);
    group.addEventListener("keydown", (event) => {
      const step = stepOf(event.key, event.shiftKey);
      if (!step) return;
      event.preventDefault();
      const [x, y] = state.points[name];
      state.points[name] = inside(x + step[0], y + step[1]);
      draw(state, state.data);
      sendSoon();
    });
  }
}
