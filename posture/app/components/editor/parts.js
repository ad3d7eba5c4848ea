// The elements of the point editor.
// All coordinates are pixels of the upright photo; the SVG's viewBox does the scaling.

import { make, makeButton } from "../shared/dom.js";
import { footOn, labelSide } from "./geometry.js";

const NAMES = ["thoracic", "lumbar", "gluteal"];
// In hundredths of the longer side of the part of the photo that is shown.
const LABEL = { height: 2.6, away: 4.2, letter: 1.5 };

/** Put everything into `root` and return it by name. */
export function buildEditor(root, data) {
  const [left, top, width, height] = data.view;
  const unit = Math.max(width, height) / 100;
  const svg = element("svg", { viewBox: data.view.join(" "), role: "group" });
  const line = (tag, cls, stroke) => element(tag, { class: cls, "stroke-width": stroke * unit });
  const parts = {
    svg, unit,
    casing: line("polyline", "casing", 1.1), contour: line("polyline", "contour", 0.55),
    wall: line("line", "wall", 0.45), depth: line("line", "depth", 0.45),
    points: {}, labels: {}, buttons: {},
  };
  svg.append(
    element("image", { href: data.image, x: left, y: top, width, height }),
    parts.casing, parts.contour, parts.wall, parts.depth,
  );
  for (const name of NAMES) {
    parts.points[name] = pointOf(name, data.labels, unit, Math.round(top + height));
    parts.labels[name] = labelOf(data.labels[name], unit);
  }
  // The names lie below the points: none of them hides one.
  svg.append(...Object.values(parts.labels), ...Object.values(parts.points));
  const tools = make("div", "tools");
  for (const name of ["undo", "redo", "reset"]) {
    parts.buttons[name] = makeButton("", data.labels[name]);
    tools.append(parts.buttons[name]);
  }
  root.replaceChildren(svg, tools);
  return parts;
}

/** Draw the points where they are, with their names and lines. */
export function drawEditor(parts, points, data) {
  const [left, , width] = data.view;
  parts.svg.setAttribute("aria-label", data.labels.label);
  for (const name of NAMES) {
    const [x, y] = points[name];
    const group = parts.points[name];
    group.setAttribute("transform", `translate(${x} ${y})`);
    group.setAttribute("aria-valuenow", Math.round(y));
    group.setAttribute("aria-valuetext",
      data.labels.position.replace("{x}", Math.round(x)).replace("{y}", Math.round(y)));
    const away = LABEL.away * parts.unit;
    const long = LABEL.letter * parts.unit * data.labels[name].length;
    const side = labelSide(x, away + long, { left, width }, data.backward);
    setAll(parts.labels[name], {
      x: x + side * away, y, "text-anchor": side < 0 ? "end" : "start",
    });
  }
  const { thoracic, lumbar, gluteal } = points;
  join(parts.wall, thoracic, gluteal);
  join(parts.depth, lumbar, footOn(lumbar, gluteal, thoracic));
  const line = data.contour.map((point) => point.join(",")).join(" ");
  parts.contour.setAttribute("points", line);
  parts.casing.setAttribute("points", line);
}

/** Show which buttons do something now. */
export function allow(buttons, able) {
  for (const [name, button] of Object.entries(buttons)) {
    // A button that is disabled would lose the keyboard's place on the page.
    button.setAttribute("aria-disabled", String(!able[name]));
  }
}

function pointOf(name, labels, unit, bottom) {
  const group = element("g", {
    class: "point", tabindex: 0, role: "slider", "data-point": name,
    "aria-label": labels[name], "aria-roledescription": labels.movable,
    "aria-valuemin": 0, "aria-valuemax": bottom,
  });
  group.append(
    element("circle", { class: "touch-target", r: 5 * unit }),
    element("circle", { class: "rim", r: 2.5 * unit, "stroke-width": 0.7 * unit }),
    element("circle", { class: "ring", r: 2.5 * unit, "stroke-width": 0.4 * unit }),
    element("circle", { class: "dot", r: 0.7 * unit, "stroke-width": 0.3 * unit }),
  );
  return group;
}

function labelOf(text, unit) {
  const label = element("text", {
    class: "name", "aria-hidden": "true", "dominant-baseline": "middle",
    "font-size": LABEL.height * unit, "stroke-width": 0.7 * unit,
  });
  label.textContent = text;
  return label;
}

function element(name, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  setAll(node, attributes);
  return node;
}

function setAll(node, attributes) {
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
}

function join(line, [x1, y1], [x2, y2]) {
  setAll(line, { x1, y1, x2, y2 });
}
