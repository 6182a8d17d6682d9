import {createApp} from 'vue';
import 'stride-lab/stride-lab.css';
import App from './App.vue';

createApp(App).mount('#app');
