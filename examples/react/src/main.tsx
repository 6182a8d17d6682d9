import {createRoot} from 'react-dom/client';
import 'stride-lab/stride-lab.css';
import {App} from './App';

createRoot(document.getElementById('app')!).render(<App />);
