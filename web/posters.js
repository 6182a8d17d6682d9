// Pictures of surfaces, curves, fits, networks and lessons, drawn while the page was built.

function nameOf({surface, lesson, curve, fit, network, data}) {
  if (lesson) return `lesson-${lesson}`;
  if (surface) return surface;
  if (curve) return `curve-${curve}`;
  if (fit) return `fit-${fit}`;
  return network || data ? `network-${data || 'moons'}` : 'rosenbrock';
}

/// The address of the picture of what attributes name: of a lesson before anything else, without any that of an empty page; '' where there
/// can be none.
export function posterOf(attributes) {
  const name = nameOf(attributes);
  return /^((curve|fit|network)-)?[a-z0-9_]+$|^lesson-\d+$/.test(name) ? new URL(`posters/${name}.svg`, import.meta.url).href : '';
}
