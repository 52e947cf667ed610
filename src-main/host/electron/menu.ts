/** The menu bar: the platform's own entries; everything else the app does is in its window. */
import type { Menu } from 'electron';

export function setMenu(menu: typeof Menu): void {
  menu.setApplicationMenu(
    menu.buildFromTemplate([
      ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
      { role: 'fileMenu' },
      { role: 'editMenu' },
      { role: 'viewMenu' },
      { role: 'windowMenu' },
    ]),
  );
}
