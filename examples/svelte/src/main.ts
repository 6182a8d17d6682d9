import {mount} from 'svelte';
import 'stride-lab/stride-lab.css';
import App from './App.svelte';

mount(App, {target: document.getElementById('app')!});
