// Attributes that are one of a few words; the first counts where another stands.

const CHOICES = {reveal: ['auto', 'interaction', 'manual'], loading: ['lazy', 'eager'], theme: ['auto', 'light', 'dark', 'projector']};

export function choice(element, name) {
  const value = element.getAttribute(name);
  return CHOICES[name].includes(value) ? value : CHOICES[name][0];
}

/// A sentence for each that is none of its words; the theme is the lab's to check.
export function choiceFaults(element) {
  const faults = [];
  for (const [name, values] of Object.entries(CHOICES)) {
    const value = element.getAttribute(name);
    if (value !== null && name !== 'theme' && !values.includes(value))
      faults.push(`${name}: expected one of ${values.join(', ')}, got "${value.slice(0, 40)}"`);
  }
  return faults;
}
