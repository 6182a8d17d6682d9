import 'stride-lab/stride-lab.css';
import 'stride-lab';
