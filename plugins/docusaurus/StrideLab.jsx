// A lab in Docusaurus and other MDX: put this file into src/components and the folder that ./run --site makes into static/stride, then
//   import StrideLab from '@site/src/components/StrideLab';
//   <StrideLab surface="beale" lr={0.01} onGoal={({detail}) => ...} />
// Attributes are the element's; `scenario` may be an object; `site` is another folder below static, or the address of one.
import React, {useEffect, useRef, useState} from 'react';
import useBaseUrl from '@docusaurus/useBaseUrl';

const EVENTS = ['ready', 'change', 'progress', 'answered', 'goal', 'error'];
const LINKED = ['surface', 'curve', 'fit', 'network', 'data', 'layers', 'optimizer', 'lr', 'schedule', 'lesson'];
const nameOf = (event) => 'on' + event[0].toUpperCase() + event.slice(1);
const textOf = (value) => typeof value === 'object' ? JSON.stringify(value) : String(value);

/// Not through the bundler: the folder is served as it is.
const loadElement = (home) => customElements.get('stride-lab') ? Promise.resolve() : new Promise((done, failed) => {
  document.head.append(Object.assign(document.createElement('script'), {type: 'module', src: `${home}stride-lab.js`, onload: done, onerror: failed}));
});

export default function StrideLab({site = '/stride/', style, className, children, ...rest}) {
  const home = useBaseUrl(site).replace(/\/?$/, '/'), element = useRef(null), handlers = useRef({}), [fault, setFault] = useState('');
  const attributes = {};
  for (const [name, value] of Object.entries(rest)) {
    if (EVENTS.some((event) => nameOf(event) === name)) continue;
    if (value !== undefined && value !== null && value !== false) attributes[name] = textOf(value);
  }
  for (const event of EVENTS) handlers.current[event] = rest[nameOf(event)];

  useEffect(() => {
    loadElement(home).then(() => setFault(''), () => setFault(`The lab was expected in ${home}: put the folder that ./run --site makes into static/stride.`));
  }, [home]);

  useEffect(() => {
    const lab = element.current, listening = new AbortController();
    for (const event of EVENTS) lab.addEventListener(event, (told) => handlers.current[event]?.(told), {signal: listening.signal});
    return () => listening.abort();
  }, []);

  const query = new URLSearchParams(LINKED.filter((name) => attributes[name]).map((name) => [name, attributes[name]]));
  return (
    <div className={className}>
      <link rel="stylesheet" href={`${home}stride-lab.css`} />
      <stride-lab ref={element} style={style} suppressHydrationWarning {...attributes}>
        {children ?? <a href={`${home}index.html?${query}`}>Open the learning-rate lab</a>}
      </stride-lab>
      {fault && <p role="alert">{fault}</p>}
    </div>
  );
}
