import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Vulkan in software, as Debian's chromium package brings it. */
export const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';
/** What finds it: Debian's libvulkan1. */
const LOADER = 'libvulkan.so.1';

export const VULKAN_NEEDS = `needs ${SWIFTSHADER} and ${LOADER}`;
export const hasVulkan = existsSync(SWIFTSHADER) && spawnSync('ldconfig', ['-p']).stdout?.includes(LOADER);
