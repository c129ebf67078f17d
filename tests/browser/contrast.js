// Texts whose contrast with the nearest opaque background behind them is below WCAG 2.2, 1.4.3 (AA).
() => {
  const channel = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([red, green, blue]) => 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
  const parse = (text) => {
    const found = text.match(/[\d.]+/g).map(Number);
    return found.length < 4 ? [...found, 1] : found;
  };
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0.99) return colour;
    }
    return [255, 255, 255, 1];
  };
  const low = new Set();
  for (const node of document.querySelectorAll(".gradio-container *")) {
    const style = getComputedStyle(node);
    const worded = [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
    const seen = node.getBoundingClientRect().width && style.visibility !== "hidden";
    if (!worded || !seen || node.closest(".mark, .skip")) continue;
    const lights = [luminance(parse(style.color)), luminance(ground(node))];
    const ratio = (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) low.add(`${node.tagName}.${node.className}: ${ratio.toFixed(2)}`);
  }
  return [...low];
}
