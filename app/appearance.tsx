import { ThemeSwitch } from '#components/shell/theme-switch';
import { readTheme } from '#app/theme';
import { setTheme } from '#app/theme-action';

export async function Appearance() {
  return <ThemeSwitch theme={await readTheme()} action={setTheme} />;
}
