// Brings the top of the page into view once for each reading.

export default function ({ data }) {
  if (window.postureScrolledFor === data) return;
  window.postureScrolledFor = data;
  document.querySelector('[data-testid="stMain"]')?.scrollTo({ top: 0 });
}
