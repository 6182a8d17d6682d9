// Lessons from files.

const LARGEST_FILE = 300 << 10;

/// The text of a lesson that lies on the page's own site.
export async function fetchLesson(name) {
  const page = new URL(document.baseURI), file = new URL(name, page);
  if (file.origin !== page.origin || !/^https?:$/.test(file.protocol)) throw new Error(`lesson: expected a file of this site, got ${name}`);
  const response = await fetch(file).catch(() => null);
  if (!response?.ok) throw new Error(`lesson: ${name} cannot be read`);
  const text = await response.text();
  if (text.length > LARGEST_FILE) throw new Error(`lesson: ${name} is too large`);
  return text;
}
