'use client';
import 'stride-lab';

export default function Page() {
  return <stride-lab surface="beale" optimizer="Adam" lr="0.1" lang="de" suppressHydrationWarning />;
}
