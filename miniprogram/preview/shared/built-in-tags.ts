/** Components of WeChat itself that the preview can draw. */
export const SUPPORTED_TAGS = [
  'view',
  'text',
  'root-portal',
  'page-meta',
  'button',
  'input',
  'textarea',
  'image',
  'icon',
  'progress',
  'switch',
  'slider',
  'checkbox',
  'checkbox-group',
  'radio',
  'radio-group',
  'label',
  'form',
  'navigator',
  'rich-text',
  'scroll-view',
  'swiper',
  'swiper-item',
  'picker',
] as const

/** Components WeChat has and the preview lacks: naming one is an error, never an empty box. */
export const UNSUPPORTED_TAGS = [
  'ad',
  'audio',
  'camera',
  'canvas',
  'channel-live',
  'cover-image',
  'cover-view',
  'editor',
  'functional-page-navigator',
  'keyboard-accessory',
  'live-player',
  'live-pusher',
  'map',
  'match-media',
  'movable-area',
  'movable-view',
  'navigation-bar',
  'official-account',
  'open-data',
  'page-container',
  'picker-view',
  'picker-view-column',
  'share-element',
  'video',
  'voip-room',
  'web-view',
] as const

/** Words of the template language that stand where a component could. */
export const TEMPLATE_TAGS = ['block', 'slot', 'template', 'import', 'include', 'wxs'] as const

export type SupportedTag = (typeof SUPPORTED_TAGS)[number]

/** The one wording of every refusal, so that tests and people can search for it. */
export function unavailable(what: string): string {
  return `${what} is not available in the browser preview`
}
