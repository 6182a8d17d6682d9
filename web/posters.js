// Pictures of surfaces and lessons, drawn while the page was built.

/// The address of the picture of a lesson or, without one, of a surface; '' where there can be none.
export function posterOf({surface, lesson}) {
  const name = lesson ? `lesson-${lesson}` : surface || 'rosenbrock';
  return /^[a-z0-9_]+$|^lesson-\d+$/.test(name) ? new URL(`posters/${name}.svg`, import.meta.url).href : '';
}
