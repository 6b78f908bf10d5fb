const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as it stands in HTML, SVG or XML, in an element or in a quoted attribute. */
export function escapeMarkup(typed: string): string {
  return typed.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
