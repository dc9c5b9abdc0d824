import { element } from '../engine/element.js'
import { defineBuiltIn } from './define.js'

/** Outlines on a 24 × 24 grid. */
const ICON_PATHS: Record<string, string> = {
  success: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1.6 14.3-4-4 1.4-1.4 2.6 2.6 5.8-5.8 1.4 1.4z',
  success_no_circle: 'M9.6 18.3 3.3 12l1.4-1.4 4.9 4.9 9.7-9.7 1.4 1.4z',
  info: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm1 15h-2v-6h2zm0-8h-2V7h2z',
  warn: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm1 15h-2v-2h2zm0-4h-2V7h2z',
  waiting: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm5 11h-6V6h2v5h4z',
  cancel:
    'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm4.9 13.5-1.4 1.4-3.5-3.5-3.5 3.5-1.4-1.4 3.5-3.5-3.5-3.5 1.4-1.4 3.5 3.5 3.5-3.5 1.4 1.4-3.5 3.5z',
  clear:
    'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm4.9 13.5-1.4 1.4-3.5-3.5-3.5 3.5-1.4-1.4 3.5-3.5-3.5-3.5 1.4-1.4 3.5 3.5 3.5-3.5 1.4 1.4-3.5 3.5z',
  download: 'M11 3h2v9h4l-5 6-5-6h4zM5 19h14v2H5z',
  search: 'M10 3a7 7 0 1 0 4.3 12.5l5 5 1.4-1.4-5-5A7 7 0 0 0 10 3zm0 2a5 5 0 1 1 0 10 5 5 0 0 1 0-10z',
}

export function defineIndicators(): void {
  defineBuiltIn('icon', {
    properties: { type: String, size: { type: null, value: 23 }, color: String },
    setup(control) {
      control.host.setAttribute('aria-hidden', 'true')
      control.watch(['type', 'size', 'color'], () => {
        const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
        const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
        svg.setAttribute('viewBox', '0 0 24 24')
        svg.style.width = svg.style.height = `${control.number('size', 23)}px`
        path.setAttribute('d', ICON_PATHS[control.text('type')] ?? '')
        path.setAttribute('fill', control.text('color') || '#07c160')
        svg.append(path)
        control.host.replaceChildren(svg)
      })
      control.watch(['ariaLabel'], () => {
        if (!control.text('ariaLabel')) return
        control.host.removeAttribute('aria-hidden')
        control.host.setAttribute('role', 'img')
      })
    },
  })
  defineBuiltIn('progress', {
    properties: {
      percent: Number,
      showInfo: Boolean,
      strokeWidth: { type: Number, value: 6 },
      color: String,
      activeColor: String,
      backgroundColor: String,
      active: Boolean,
    },
    setup(control) {
      const track = element('div', 'preview-progress-track')
      const bar = element('div', 'preview-progress-bar')
      const info = element('div', 'preview-progress-info')
      track.append(bar)
      control.host.append(track, info)
      control.host.setAttribute('role', 'progressbar')
      control.host.setAttribute('aria-label', '进度')
      control.watch(['percent', 'showInfo', 'strokeWidth', 'color', 'activeColor', 'backgroundColor'], () => {
        const percent = Math.min(100, Math.max(0, control.number('percent')))
        track.style.height = `${control.number('strokeWidth', 6)}px`
        track.style.background = control.text('backgroundColor')
        bar.style.width = `${percent}%`
        bar.style.background = control.text('activeColor') || control.text('color')
        info.textContent = control.flag('showInfo') ? `${percent}%` : ''
        control.host.setAttribute('aria-valuenow', String(percent))
      })
    },
  })
}
