// Attributes that are one of a few words; the first counts where another stands. And the address that links begin with.
import {home} from './home.js';

const CHOICES = {reveal: ['auto', 'interaction', 'manual'], loading: ['lazy', 'eager'], theme: ['auto', 'light', 'dark', 'projector']};

export function choice(element, name) {
  const value = element.getAttribute(name);
  return CHOICES[name].includes(value) ? value : CHOICES[name][0];
}

/// What a copied link begins with; '' where no page opens it, or where the attribute is no address.
export function linkBase(element) {
  const given = element.getAttribute('link-base');
  if (given === null) return home();
  try {
    const address = new URL(given, document.baseURI);
    return given && /^https?:/.test(address.protocol) ? address.href.split(/[?#]/)[0] : '';
  } catch {
    return '';
  }
}

/// A sentence for each that is none of its words; the theme is the lab's to check.
export function choiceFaults(element) {
  const faults = [], base = element.getAttribute('link-base');
  if (base && !linkBase(element)) faults.push(`link-base: expected the address of the lab's index.html, got "${base.slice(0, 40)}"`);
  for (const [name, values] of Object.entries(CHOICES)) {
    const value = element.getAttribute(name);
    if (value !== null && name !== 'theme' && !values.includes(value))
      faults.push(`${name}: expected one of ${values.join(', ')}, got "${value.slice(0, 40)}"`);
  }
  return faults;
}
