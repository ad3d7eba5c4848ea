// Elements of a page.

/** An element with a class and a text; either may be empty. */
export function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

/** A button that sends no form. */
export function makeButton(className, text = "") {
  return Object.assign(make("button", className, text), { type: "button" });
}
