/** The icons a layer may name: those of layers as they are today, and a stock for those to come. Another name shows a box. */
import Activity from '@lucide/svelte/icons/activity';
import AlignCenterHorizontal from '@lucide/svelte/icons/align-center-horizontal';
import AlignCenterVertical from '@lucide/svelte/icons/align-center-vertical';
import AlignHorizontalDistributeCenter from '@lucide/svelte/icons/align-horizontal-distribute-center';
import AudioLines from '@lucide/svelte/icons/audio-lines';
import AudioWaveform from '@lucide/svelte/icons/audio-waveform';
import BookA from '@lucide/svelte/icons/book-a';
import Box from '@lucide/svelte/icons/box';
import Brain from '@lucide/svelte/icons/brain';
import ChartSpline from '@lucide/svelte/icons/chart-spline';
import Combine from '@lucide/svelte/icons/combine';
import Expand from '@lucide/svelte/icons/expand';
import EyeOff from '@lucide/svelte/icons/eye-off';
import Focus from '@lucide/svelte/icons/focus';
import Grid3x3 from '@lucide/svelte/icons/grid-3x3';
import Group from '@lucide/svelte/icons/group';
import Layers from '@lucide/svelte/icons/layers';
import LogIn from '@lucide/svelte/icons/log-in';
import LogOut from '@lucide/svelte/icons/log-out';
import Maximize from '@lucide/svelte/icons/maximize';
import Maximize2 from '@lucide/svelte/icons/maximize-2';
import Minimize from '@lucide/svelte/icons/minimize';
import Minimize2 from '@lucide/svelte/icons/minimize-2';
import Network from '@lucide/svelte/icons/network';
import Plus from '@lucide/svelte/icons/plus';
import Proportions from '@lucide/svelte/icons/proportions';
import Repeat from '@lucide/svelte/icons/repeat';
import Repeat1 from '@lucide/svelte/icons/repeat-1';
import Repeat2 from '@lucide/svelte/icons/repeat-2';
import Rows3 from '@lucide/svelte/icons/rows-3';
import Ruler from '@lucide/svelte/icons/ruler';
import Scale from '@lucide/svelte/icons/scale';
import Scan from '@lucide/svelte/icons/scan';
import Shrink from '@lucide/svelte/icons/shrink';
import Shuffle from '@lucide/svelte/icons/shuffle';
import Sigma from '@lucide/svelte/icons/sigma';
import SlidersHorizontal from '@lucide/svelte/icons/sliders-horizontal';
import Split from '@lucide/svelte/icons/split';
import Timer from '@lucide/svelte/icons/timer';
import Waves from '@lucide/svelte/icons/waves';
import WavesHorizontal from '@lucide/svelte/icons/waves-horizontal';
import X from '@lucide/svelte/icons/x';

const ICONS: Readonly<Record<string, typeof Box>> = {
  activity: Activity,
  'align-center-horizontal': AlignCenterHorizontal,
  'align-center-vertical': AlignCenterVertical,
  'align-horizontal-distribute-center': AlignHorizontalDistributeCenter,
  'audio-lines': AudioLines,
  'audio-waveform': AudioWaveform,
  'book-a': BookA,
  box: Box,
  brain: Brain,
  'chart-spline': ChartSpline,
  combine: Combine,
  expand: Expand,
  'eye-off': EyeOff,
  focus: Focus,
  'grid-3x3': Grid3x3,
  group: Group,
  layers: Layers,
  'log-in': LogIn,
  'log-out': LogOut,
  maximize: Maximize,
  'maximize-2': Maximize2,
  minimize: Minimize,
  'minimize-2': Minimize2,
  network: Network,
  plus: Plus,
  proportions: Proportions,
  repeat: Repeat,
  'repeat-1': Repeat1,
  'repeat-2': Repeat2,
  'rows-3': Rows3,
  ruler: Ruler,
  scale: Scale,
  scan: Scan,
  shrink: Shrink,
  shuffle: Shuffle,
  sigma: Sigma,
  'sliders-horizontal': SlidersHorizontal,
  split: Split,
  timer: Timer,
  waves: Waves,
  'waves-horizontal': WavesHorizontal,
  x: X,
};

export function iconOf(name: string): typeof Box {
  return (Object.hasOwn(ICONS, name) ? ICONS[name] : undefined) ?? Box;
}

/** True when a layer may name it; the test over all layers asks. */
export function isIcon(name: string): boolean {
  return Object.hasOwn(ICONS, name);
}
