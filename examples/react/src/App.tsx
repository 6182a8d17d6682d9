import {useRef, useState} from 'react';
import type {StrideLab} from 'stride-lab/react';
import 'stride-lab/react';

/// A lab whose learning rate a slider of the page sets, and which tells its step.
export function App() {
  const lab = useRef<StrideLab>(null);
  const [lr, setLr] = useState(0.1), [step, setStep] = useState(0);
  return (
    <main>
      <label>
        Learning rate <input type="range" min="0.01" max="0.5" step="0.01" value={lr} onChange={(event) => setLr(Number(event.target.value))} />
      </label>
      <stride-lab ref={lab} surface="beale" optimizer="Adam" lr={lr} lang="de" panels="all" link-base="" onprogress={({detail}) => setStep(detail.step)} />
      <button onClick={() => lab.current?.seek(40)}>Step 40</button>
      <output>{step}</output>
    </main>
  );
}
