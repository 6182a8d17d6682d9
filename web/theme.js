// Before anything is painted: the theme that was chosen last time, so that the page does not flash in the other one.
try {
  const theme = localStorage.getItem('stride-theme');
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is refused: the system's theme it is.
}
